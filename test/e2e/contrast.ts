/**
 * How readable the page's text is: WCAG 2.2 contrast (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio) of each text
 * with the pixels that really lie behind it, water and all. Works on screenshots, in the page.
 */
import type { Page } from "playwright-core";

export interface TextContrast {
  readonly text: string;
  /** Contrast with the worst pixels behind it, 1 to 21. */
  readonly ratio: number;
  /** What AA asks for: 4.5, or 3 for large text. */
  readonly needed: number;
}

/** Every text that is shown outside the canvas. */
export async function textContrasts(page: Page): Promise<TextContrast[]> {
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) animation.finish();
  });
  const texts = await page.evaluate(findTexts);
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      "*, ::placeholder { color: transparent !important; caret-color: transparent !important; text-shadow: none !important }",
    );
    document.adoptedStyleSheets.push(sheet);
  });
  const shot = (await page.screenshot()).toString("base64");
  await page.evaluate(() => void document.adoptedStyleSheets.pop());
  return page.evaluate(measure, { texts, shot });
}

interface ShownText {
  readonly text: string;
  /** Red, green, blue and alpha, 0 to 255 and 0 to 1. */
  readonly colour: readonly number[];
  readonly isLarge: boolean;
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/** In the page. */
function findTexts(): ShownText[] {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("no 2d canvas");
  /** Whatever CSS calls the colour: drawn on nothing, and read. */
  const rgba = (css: string, opacity: number): number[] => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = css;
    context.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
    return [r, g, b, (a / 255) * opacity];
  };
  const opacityOf = (part: Element | null): number =>
    part === null ? 1 : Number(getComputedStyle(part).opacity) * opacityOf(part.parentElement);
  const shown: ShownText[] = [];
  for (const part of document.querySelectorAll<HTMLElement>("body *")) {
    if (!part.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const isField = part instanceof HTMLInputElement && (part.type === "text" || part.type === "");
    const own = [...part.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
    const text = isField ? part.value || part.placeholder : own.map((node) => node.textContent).join("");
    if (text === "") continue;
    const style = getComputedStyle(part, isField && part.value === "" ? "::placeholder" : null);
    const range = document.createRange();
    range.selectNodeContents(part);
    const box = isField ? part.getBoundingClientRect() : range.getBoundingClientRect();
    // A field's border is not behind its text.
    const border = isField ? 3 : 0;
    const x = Math.max(0, box.x + border);
    const y = Math.max(0, box.y + border);
    const width = Math.min(box.right - border, innerWidth) - x;
    const height = Math.min(box.bottom - border, innerHeight) - y;
    if (width < 1 || height < 1) continue;
    const fontPx = Number.parseFloat(style.fontSize);
    // Large: 18 point, or 14 point and bold.
    const isLarge = fontPx >= 24 || (fontPx >= 18.66 && Number(style.fontWeight) >= 700);
    shown.push({ text, colour: rgba(style.color, opacityOf(part)), isLarge, box: { x, y, width, height } });
  }
  return shown;
}

/** In the page: `shot` is the page without its text, as a PNG in base64. */
async function measure({ texts, shot }: { texts: ShownText[]; shot: string }): Promise<TextContrast[]> {
  /** Of the pixels behind a text the worst 2 % may be an edge or a mote of light. */
  const SHARE = 0.02;
  const image = new Image();
  image.src = `data:image/png;base64,${shot}`;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("no 2d canvas");
  context.drawImage(image, 0, 0);
  const scale = image.width / innerWidth;
  const linear = (value: number) => (value <= 10.31 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = (r: number, g: number, b: number) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  return texts.map(({ text, colour, isLarge, box }) => {
    const [r, g, b, a] = colour;
    const { data } = context.getImageData(box.x * scale, box.y * scale, box.width * scale, box.height * scale);
    const ratios: number[] = [];
    for (let i = 0; i < data.length; i += 4 * 7) {
      const behind = luminance(data[i], data[i + 1], data[i + 2]);
      const over = (ink: number, paper: number) => ink * a + paper * (1 - a);
      const ink = luminance(over(r, data[i]), over(g, data[i + 1]), over(b, data[i + 2]));
      ratios.push((Math.max(ink, behind) + 0.05) / (Math.min(ink, behind) + 0.05));
    }
    ratios.sort((p, q) => p - q);
    return { text, ratio: ratios[Math.floor(ratios.length * SHARE)], needed: isLarge ? 3 : 4.5 };
  });
}
