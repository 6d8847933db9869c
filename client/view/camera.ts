/**
 * Where the player looks: follows the own tadpole and draws back as it gets faster. Positions in world units, screen
 * sizes in CSS pixels. Numbers only: knows neither Pixi nor the replica.
 */
import { VIEW_EDGE_MAX } from "../../proto/limits.ts";
import { easeShare, SPEED_MAX } from "./rate.ts";

const ZOOM_AT_REST = 1.8;
const ZOOM_AT_FULL_SPEED = 1.3;
const FOLLOW_PER_FRAME = 1 / 30;
const ZOOM_PER_FRAME = 1 / 60;
/** The screen that the zooms above were made for; on larger ones everything is drawn larger, not further away. */
const REFERENCE_WIDTH = 960;
const REFERENCE_HEIGHT = 640;
/** The own tadpole stays this near to the middle, as a share of half the screen: a phone would lose it at full speed. */
const LAG_MAX = 0.45;
/** What is told to the server beyond the screen's edge, so that tadpoles swim in instead of popping up. */
const VIEW_MARGIN = 160;

export class Camera {
  /** Centre of the screen in the world. */
  x = 0;
  y = 0;
  /** CSS pixels for one world unit. */
  zoom = ZOOM_AT_FULL_SPEED;
  /** Screen size, CSS pixels. */
  width = 1;
  height = 1;
  /** Largest extent of the world on the screen, whatever the speed. Water particles wrap around it. */
  widthMax = 1;
  heightMax = 1;
  readonly #isCalm: boolean;
  /** False until the first `follow`, which jumps. */
  #isPlaced = false;
  #restZoom = ZOOM_AT_FULL_SPEED;

  /** `calm` (reduced motion): no zooming, and the follow keeps up closely. */
  constructor(options: { readonly calm: boolean }) {
    this.#isCalm = options.calm;
  }

  /** Tells the size of the screen, CSS pixels. */
  resize(width: number, height: number): void {
    this.width = width;
    this.height = height;
    this.widthMax = width / (ZOOM_AT_FULL_SPEED * this.#screenScale());
    this.heightMax = height / (ZOOM_AT_FULL_SPEED * this.#screenScale());
  }

  /** Looks at a place for want of a tadpole to follow. */
  place(x: number, y: number): void {
    this.x = x;
    this.y = y;
    this.zoom = ZOOM_AT_REST * this.#screenScale();
  }

  /** One frame of following a tadpole at `x`, `y` that swims at `speed` world units a second. */
  follow(x: number, y: number, speed: number, dtS: number): void {
    // A jump, such as a new place after a lost connection, is not worth a journey.
    if (Math.abs(x - this.x) > this.widthMax || Math.abs(y - this.y) > this.heightMax) this.#isPlaced = false;
    const share = this.#isPlaced ? easeShare(this.#isCalm ? 1 / 4 : FOLLOW_PER_FRAME, dtS) : 1;
    this.x = keepNear(this.x + (x - this.x) * share, x, (LAG_MAX * this.width) / 2 / this.zoom);
    this.y = keepNear(this.y + (y - this.y) * share, y, (LAG_MAX * this.height) / 2 / this.zoom);
    const speedShare = this.#isCalm ? 0 : Math.min(speed / SPEED_MAX, 1);
    const wanted = ZOOM_AT_REST + (ZOOM_AT_FULL_SPEED - ZOOM_AT_REST) * speedShare;
    if (!this.#isPlaced) this.#restZoom = this.#isCalm ? wanted : ZOOM_AT_FULL_SPEED;
    this.#restZoom += (wanted - this.#restZoom) * easeShare(ZOOM_PER_FRAME, dtS);
    this.zoom = this.#restZoom * this.#screenScale();
    this.#isPlaced = true;
  }

  screenX(worldX: number): number {
    return (worldX - this.x) * this.zoom + this.width / 2;
  }

  screenY(worldY: number): number {
    return (worldY - this.y) * this.zoom + this.height / 2;
  }

  /** True if a place of the world is on the screen. */
  isOnScreen(worldX: number, worldY: number): boolean {
    return (
      Math.abs(worldX - this.x) * this.zoom * 2 <= this.width &&
      Math.abs(worldY - this.y) * this.zoom * 2 <= this.height
    );
  }

  /** The left edge of what is this wide, moved so that it is on the screen: of what is too wide, its beginning. */
  keepOnScreen(left: number, width: number): number {
    return Math.max(0, Math.min(left, this.width - width));
  }

  /** Extent of the world to ask the server for: the screen and a margin, within the server's limit. */
  get viewWidth(): number {
    return Math.min(this.width / this.zoom + 2 * VIEW_MARGIN, VIEW_EDGE_MAX);
  }

  get viewHeight(): number {
    return Math.min(this.height / this.zoom + 2 * VIEW_MARGIN, VIEW_EDGE_MAX);
  }

  /** Keeps the world on screen near that of the reference screen, and below what a server will send. */
  #screenScale(): number {
    const larger = Math.max(1, Math.min(this.width / REFERENCE_WIDTH, this.height / REFERENCE_HEIGHT));
    return Math.max(larger, Math.max(this.width, this.height) / (VIEW_EDGE_MAX * ZOOM_AT_FULL_SPEED));
  }
}

function keepNear(value: number, target: number, distanceMax: number): number {
  return Math.max(target - distanceMax, Math.min(target + distanceMax, value));
}
