/**
 * Steering with a mouse, pen or finger: the tadpole turns to the pointer, and swims while it is pressed. A finger
 * that is lifted leaves the heading. A short press on a target is a tap and not a swim. Works in screen positions; who
 * steers knows where the own tadpole and the targets are.
 */

/** A press on a target that is longer than this is a swim, ms; one that moves further, CSS pixels, too. */
const TAP_MS = 250;
const TAP_MOVE = 10;

/** CSS pixels from the surface's corner. */
export interface PointerPlace {
  readonly x: number;
  readonly y: number;
  /** As in PointerEvent: a finger needs larger targets than a mouse. */
  readonly pointerType: string;
}

export interface PointerSteering {
  /** Last known position; undefined until the pointer was first seen. */
  readonly position: PointerPlace | undefined;
  /** Where a mouse rests on the surface; undefined while it presses, elsewhere, and for fingers. */
  readonly hover: PointerPlace | undefined;
  readonly isPressed: boolean;
  /** Lets go of a held button: the page lost the focus and would not be told of its release. */
  releaseAll(): void;
  close(): void;
}

export interface PointerEvents {
  /** Milliseconds, on the clock of `Event.timeStamp`: a busy page hears of a press late, but knows when it was. */
  readonly now: () => number;
  /** Every movement. */
  readonly onMove: () => void;
  /** A press begins on the surface. */
  readonly onPress: (event: PointerEvent) => void;
  /** Whether a press here may become a tap. */
  readonly isTarget: (place: PointerPlace) => boolean;
  readonly onTap: (place: PointerPlace) => void;
}

/** Listens on `surface`. */
export function listenToPointer(surface: HTMLElement, events: PointerEvents): PointerSteering {
  const listeners = new AbortController();
  let position: PointerPlace | undefined;
  let isOver = false;
  let pressedBy: number | undefined;
  let pressedMs = 0;
  /** Where a press began that may still become a tap. */
  let tapAt: PointerPlace | undefined;

  const isTapping = (nowMs: number) => tapAt !== undefined && nowMs - pressedMs < TAP_MS;
  const point = (event: PointerEvent): PointerPlace => {
    const box = surface.getBoundingClientRect();
    position = { x: event.clientX - box.left, y: event.clientY - box.top, pointerType: event.pointerType };
    isOver = true;
    events.onMove();
    return position;
  };
  const press = (event: PointerEvent) => {
    // The first finger steers; the left button swims, others belong to the browser.
    if (pressedBy !== undefined || event.button !== 0) return;
    event.preventDefault();
    pressedBy = event.pointerId;
    pressedMs = event.timeStamp;
    // Keeps the pointer ours when it leaves the surface. A pointer that is gone already cannot be kept.
    if (event.isTrusted) surface.setPointerCapture(event.pointerId);
    const place = point(event);
    tapAt = events.isTarget(place) ? place : undefined;
    events.onPress(event);
  };
  const move = (event: PointerEvent) => {
    if (pressedBy !== undefined && pressedBy !== event.pointerId) return;
    const place = point(event);
    if (tapAt !== undefined && Math.hypot(place.x - tapAt.x, place.y - tapAt.y) > TAP_MOVE) tapAt = undefined;
  };
  const release = (event: PointerEvent) => {
    if (event.pointerId !== pressedBy) return;
    const tapped = event.type === "pointerup" && isTapping(event.timeStamp) ? tapAt : undefined;
    pressedBy = undefined;
    tapAt = undefined;
    if (tapped !== undefined) events.onTap(tapped);
  };
  const leave = () => {
    isOver = false;
  };

  const options = { signal: listeners.signal };
  surface.addEventListener("pointerdown", press, options);
  surface.addEventListener("pointermove", move, options);
  surface.addEventListener("pointerup", release, options);
  surface.addEventListener("pointercancel", release, options);
  surface.addEventListener("pointerleave", leave, options);
  surface.addEventListener("contextmenu", (event) => event.preventDefault(), options);

  return {
    get position() {
      return position;
    },
    get hover() {
      return isOver && pressedBy === undefined && position?.pointerType === "mouse" ? position : undefined;
    },
    get isPressed() {
      return pressedBy !== undefined && !isTapping(events.now());
    },
    releaseAll: () => {
      pressedBy = undefined;
      tapAt = undefined;
    },
    close: () => listeners.abort(),
  };
}
