/** Builds DOM elements. Text goes in as text, never as markup: names and words come from strangers. */

export interface ElementParts {
  readonly className?: string;
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly children?: readonly (Node | string)[];
}

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  parts: ElementParts = {},
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (parts.className !== undefined) made.className = parts.className;
  if (parts.text !== undefined) made.textContent = parts.text;
  for (const [name, value] of Object.entries(parts.attributes ?? {})) made.setAttribute(name, value);
  made.append(...(parts.children ?? []));
  return made;
}

/** A button with a label for those who do not see its icon. */
export function button(text: string, parts: ElementParts & { readonly onClick?: () => void }): HTMLButtonElement {
  const made = element("button", {
    className: parts.className,
    text: parts.text,
    children: parts.children,
    attributes: { type: "button", ...parts.attributes },
  });
  label(made, text);
  if (parts.onClick !== undefined) made.addEventListener("click", parts.onClick);
  return made;
}

/** Names an element for those who hear it and those who point at it. */
export function label(labelled: HTMLElement, text: string): void {
  labelled.setAttribute("aria-label", text);
  labelled.title = text;
}

/** `0xRRGGBB` as CSS and `<input type=color>` write it. */
export function cssColour(rgb: number): string {
  return `#${rgb.toString(16).padStart(6, "0")}`;
}
