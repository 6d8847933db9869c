/**
 * Joins pointer and keys into what the server is told: a heading and whether to swim. The keys win while they are
 * held; afterwards their heading stays until the pointer moves again.
 */
import { type ArrowKeys, listenToArrowKeys } from "./arrow-keys.ts";
import { listenToPointer, type PointerEvents, type PointerPlace, type PointerSteering } from "./pointer-steering.ts";

/** Nearer to the own head than this, the pointer's direction is noise, CSS pixels. */
const DEAD_RADIUS = 4;

export interface SteeringOptions extends Omit<PointerEvents, "onMove"> {
  readonly surface: HTMLElement;
  /** True while arrow keys may steer. */
  readonly areKeysFree: () => boolean;
}

export class Steering {
  readonly #pointer: PointerSteering;
  readonly #keys: ArrowKeys;
  readonly #listeners = new AbortController();
  #isKeyLast = false;
  #headingRad: number | undefined;

  constructor({ surface, areKeysFree, ...events }: SteeringOptions) {
    this.#keys = listenToArrowKeys(window, areKeysFree);
    this.#pointer = listenToPointer(surface, {
      ...events,
      onMove: () => {
        this.#isKeyLast = false;
      },
    });
    // Nobody tells a page in the background that a button or key was let go.
    window.addEventListener("blur", () => this.releaseAll(), { signal: this.#listeners.signal });
  }

  /** Wanted heading, radians clockwise from right; undefined until the player first steers. */
  get headingRad(): number | undefined {
    return this.#headingRad;
  }

  get isSwimming(): boolean {
    return this.#keys.headingRad !== undefined || this.#pointer.isPressed;
  }

  /** Where a mouse rests on the surface. */
  get hover(): PointerPlace | undefined {
    return this.#pointer.hover;
  }

  /** Once a frame: where the own tadpole is on the screen, CSS pixels. */
  update(ownX: number, ownY: number): void {
    const keyHeading = this.#keys.headingRad;
    if (keyHeading !== undefined) {
      this.#isKeyLast = true;
      this.#headingRad = keyHeading;
      return;
    }
    const { position } = this.#pointer;
    if (position === undefined || this.#isKeyLast) return;
    const dx = position.x - ownX;
    const dy = position.y - ownY;
    if (Math.hypot(dx, dy) > DEAD_RADIUS) this.#headingRad = Math.atan2(dy, dx);
  }

  releaseAll(): void {
    this.#pointer.releaseAll();
    this.#keys.releaseAll();
  }

  close(): void {
    this.#listeners.abort();
    this.#pointer.close();
    this.#keys.close();
  }
}
