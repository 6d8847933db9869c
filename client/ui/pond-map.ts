/**
 * The whole pond in a corner: where the player is, what the screen shows, and the tadpoles that this client knows of.
 * Drawn a few times a second; nobody follows a map at 60 frames.
 */
import { lookOf } from "../entity-look.ts";
import type { Replica } from "../sync/index.ts";
import { cssColour, element } from "./element.ts";
import type { Language } from "./language.ts";

const EDGE = 112;
const EDGE_ON_PHONES = 84;
/** As in styles.css. */
const PHONE = "(max-width: 40rem)";
const DRAW_EVERY_MS = 160;
const DOTS_MAX = 400;

/** The part of the world on the screen, world units. */
export interface ShownArea {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export class PondMap {
  readonly root = element("canvas", { className: "pond-map", attributes: { role: "img" } });
  readonly #context: CanvasRenderingContext2D | null;
  readonly #phone = matchMedia(PHONE);
  #drawnMs = 0;

  constructor(language: Language) {
    this.root.hidden = true;
    language.follow((strings) => this.root.setAttribute("aria-label", strings.map));
    this.#context = this.root.getContext("2d");
  }

  /** `shown`: middle and size of the screen. Does nothing most of the time. */
  draw(replica: Replica, shown: ShownArea, nowMs: number): void {
    const context = this.#context;
    if (context === null || replica.worldWidth === 0 || nowMs - this.#drawnMs < DRAW_EVERY_MS) return;
    this.#drawnMs = nowMs;
    this.root.hidden = false;
    const edge = this.#phone.matches ? EDGE_ON_PHONES : EDGE;
    const scale = edge / Math.max(replica.worldWidth, replica.worldHeight);
    this.#prepare(context, replica.worldWidth * scale, replica.worldHeight * scale);
    context.fillStyle = "rgba(255, 255, 255, 0.1)";
    context.fillRect(
      (shown.x - shown.width / 2) * scale,
      (shown.y - shown.height / 2) * scale,
      shown.width * scale,
      shown.height * scale,
    );
    const dots = Math.min(replica.visibleCount, DOTS_MAX);
    for (let i = 0; i < dots; i++) this.#dot(context, replica, replica.visible[i], scale);
    this.#ownDot(context, replica, scale);
  }

  /** Sizes the canvas to the world's proportions in device pixels, and clears it. */
  #prepare(context: CanvasRenderingContext2D, width: number, height: number): void {
    const ratio = window.devicePixelRatio;
    const [pixelWidth, pixelHeight] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.root.width !== pixelWidth || this.root.height !== pixelHeight) {
      this.root.width = pixelWidth;
      this.root.height = pixelHeight;
      this.root.style.width = `${width}px`;
      this.root.style.height = `${height}px`;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
  }

  #dot(context: CanvasRenderingContext2D, replica: Replica, slot: number, scale: number): void {
    context.fillStyle = cssColour(lookOf(replica.entity(slot))?.colour ?? 0xffffff);
    context.fillRect(replica.drawX[slot] * scale - 1, replica.drawY[slot] * scale - 1, 2, 2);
  }

  #ownDot(context: CanvasRenderingContext2D, { ownSlot, drawX, drawY }: Replica, scale: number): void {
    context.beginPath();
    context.arc(drawX[ownSlot] * scale, drawY[ownSlot] * scale, 3, 0, 2 * Math.PI);
    context.fillStyle = "#fff";
    context.fill();
    context.lineWidth = 1.5;
    context.strokeStyle = "rgba(0, 0, 0, 0.55)";
    context.stroke();
  }
}
