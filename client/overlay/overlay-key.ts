/**
 * What every page loads of the overlay: the key that opens it. The overlay itself comes over the network when it is
 * first wanted.
 */
import type { Overlay, OverlayParts } from "./overlay.ts";

export class OverlayKey {
  readonly #parts: OverlayParts;
  #overlay: Promise<Overlay | undefined> | undefined;

  constructor(parts: OverlayParts) {
    this.#parts = parts;
    window.addEventListener("keydown", (event) => {
      if (event.key !== "F3" || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      // Browsers search the page with it.
      event.preventDefault();
      if (!event.repeat) void this.#toggle();
    });
  }

  /** Resolves when it is open, or cannot be loaded, which the console tells. */
  async open(): Promise<void> {
    (await this.#load())?.open();
  }

  async #toggle(): Promise<void> {
    (await this.#load())?.toggle();
  }

  #load(): Promise<Overlay | undefined> {
    this.#overlay ??= import("./overlay.ts").then(
      ({ Overlay }) => new Overlay(this.#parts),
      (error: unknown) => {
        console.error("The overlay cannot be loaded.", error);
        this.#overlay = undefined;
        return undefined;
      },
    );
    return this.#overlay;
  }
}
