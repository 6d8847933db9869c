/**
 * Colours of the water, in OKLCH: there a turn of the hue leaves brightness alone, so that light text keeps its
 * contrast in every season of the pond. Formulas: https://bottosson.github.io/posts/oklab. Numbers only.
 */

/** Writes the sRGB colour (0 to 1 each) of lightness 0 to 1, chroma and hue in radians to `out` at `at`. */
export function writeOklch(out: Float32Array, at: number, lightness: number, chroma: number, hueRad: number): void {
  const a = chroma * Math.cos(hueRad);
  const b = chroma * Math.sin(hueRad);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  out[at] = gamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  out[at + 1] = gamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  out[at + 2] = gamma(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
}

/** 0xRRGGBB as the four bytes r, g, b, 255 of a little-endian word, which is how the GPU reads a colour. */
export function colourBytes(rgb: number): number {
  return ((rgb >>> 16) | (rgb & 0xff00) | ((rgb & 0xff) << 16) | 0xff000000) >>> 0;
}

function gamma(linear: number): number {
  if (linear <= 0) return 0;
  if (linear >= 1) return 1;
  return linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
}
