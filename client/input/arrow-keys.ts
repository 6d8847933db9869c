/**
 * Steering with the arrow keys: the held keys add up to a direction, and the tadpole swims while one is held. Letters
 * are left alone: typing opens the chat.
 */

const AXES: Readonly<Record<string, { readonly x: number; readonly y: number }>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

export interface ArrowKeys {
  /** Direction of the held keys, radians clockwise from right; undefined if none is held or they cancel out. */
  readonly headingRad: number | undefined;
  releaseAll(): void;
  close(): void;
}

/** Listens to the whole page. Keys count while `isFree` says that nothing else needs them, such as a text field. */
export function listenToArrowKeys(target: Window, isFree: () => boolean): ArrowKeys {
  const listeners = new AbortController();
  const held = new Set<string>();

  const press = (event: KeyboardEvent) => {
    if (!Object.hasOwn(AXES, event.key) || event.ctrlKey || event.metaKey || event.altKey || !isFree()) return;
    event.preventDefault();
    held.add(event.key);
  };
  target.addEventListener("keydown", press, { signal: listeners.signal });
  target.addEventListener("keyup", (event) => held.delete(event.key), { signal: listeners.signal });

  return {
    get headingRad() {
      let x = 0;
      let y = 0;
      for (const key of held) {
        x += AXES[key].x;
        y += AXES[key].y;
      }
      return x === 0 && y === 0 ? undefined : Math.atan2(y, x);
    },
    releaseAll: () => held.clear(),
    close: () => listeners.abort(),
  };
}
