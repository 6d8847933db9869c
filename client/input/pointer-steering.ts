/**
 * Steering with a mouse, pen or finger: the tadpole turns to the pointer, and swims while it is pressed. A finger
 * that is lifted leaves the heading. Works in screen positions; who steers knows where the own tadpole is.
 */

export interface PointerSteering {
  /** Last known position, CSS pixels from the surface's corner; undefined until the pointer was first seen. */
  readonly position: { readonly x: number; readonly y: number } | undefined;
  readonly isPressed: boolean;
  /** Lets go of a held button: the page lost the focus and would not be told of its release. */
  releaseAll(): void;
  close(): void;
}

/** Listens on `surface`. `onMove` is called for every movement, `onPress` when a press begins there. */
export function listenToPointer(
  surface: HTMLElement,
  events: { readonly onMove: () => void; readonly onPress: (event: PointerEvent) => void },
): PointerSteering {
  const listeners = new AbortController();
  let position: { x: number; y: number } | undefined;
  let pressedBy: number | undefined;

  const point = (event: PointerEvent) => {
    const box = surface.getBoundingClientRect();
    position = { x: event.clientX - box.left, y: event.clientY - box.top };
    events.onMove();
  };
  const press = (event: PointerEvent) => {
    // The first finger steers; the left button swims, others belong to the browser.
    if (pressedBy !== undefined || event.button !== 0) return;
    event.preventDefault();
    pressedBy = event.pointerId;
    // Keeps the pointer ours when it leaves the surface. A pointer that is gone already cannot be kept.
    if (event.isTrusted) surface.setPointerCapture(event.pointerId);
    point(event);
    events.onPress(event);
  };
  const move = (event: PointerEvent) => {
    if (pressedBy === undefined || pressedBy === event.pointerId) point(event);
  };
  const release = (event: PointerEvent) => {
    if (event.pointerId === pressedBy) pressedBy = undefined;
  };

  const options = { signal: listeners.signal };
  surface.addEventListener("pointerdown", press, options);
  surface.addEventListener("pointermove", move, options);
  surface.addEventListener("pointerup", release, options);
  surface.addEventListener("pointercancel", release, options);
  surface.addEventListener("contextmenu", (event) => event.preventDefault(), options);

  return {
    get position() {
      return position;
    },
    get isPressed() {
      return pressedBy !== undefined;
    },
    releaseAll: () => {
      pressedBy = undefined;
    },
    close: () => listeners.abort(),
  };
}
