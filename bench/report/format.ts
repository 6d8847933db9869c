/** Numbers and text as the report and the tables show them. */

/** About three significant digits, thousands apart. */
export function number(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size >= 1000) return Math.round(value).toLocaleString("en-US");
  if (size >= 100) return value.toFixed(0);
  if (size >= 10) return value.toFixed(1);
  if (size >= 0.01) return value.toFixed(2);
  return value.toExponential(1);
}

/** Ticks are round numbers: no zeros behind the point. */
export function tickText(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString("en-US");
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(share > 0.9995 || share < 0.1 ? 1 : 0)} %`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** For HTML text and attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** A name as part of a class. */
export function slug(name: string): string {
  return name.replace(/[^A-Za-z0-9]+/g, "-");
}
