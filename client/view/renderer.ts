/**
 * Sets up Pixi's WebGL renderer with only what the pond draws: meshes and sprites. Importing from the package root
 * keeps the bundle to what is named here; no event, accessibility, filter, text or WebGPU code is loaded.
 */
import "pixi.js/unsafe-eval"; // The page's content security policy forbids eval, which Pixi uses to build its uniform setters.
import { WebGLRenderer } from "pixi.js";

/** Most device pixels drawn a frame: those of a 4K screen. A larger canvas is drawn at a lower resolution. */
const PIXELS_MAX = 3840 * 2160;
/** Above 3 device pixels for a CSS pixel nobody sees a difference, and phones pay for it in heat. */
const RESOLUTION_MAX = 3;

/** Device pixels to draw for each CSS pixel. */
export function renderResolution(width: number, height: number, devicePixelRatio: number): number {
  return Math.max(0.5, Math.min(devicePixelRatio, RESOLUTION_MAX, Math.sqrt(PIXELS_MAX / (width * height))));
}

/** Throws if the browser has no WebGL 2: the shaders are written for it. */
export async function openRenderer(canvas: HTMLCanvasElement): Promise<WebGLRenderer> {
  const renderer = new WebGLRenderer();
  await renderer.init({
    canvas,
    width: 1,
    height: 1,
    autoDensity: false, // The style sheet sizes the canvas.
    antialias: false, // Every shape softens its own edge in the shader, which is sharper and cheaper.
    depth: false,
    clearBeforeRender: false, // The water covers every pixel.
    powerPreference: "high-performance",
    skipExtensionImports: true,
    hello: false,
  });
  if (renderer.context.webGLVersion !== 2) throw new Error("no WebGL 2");
  return renderer;
}
