/**
 * The place in the page's transport where the overlay can step in: connections pass straight through until it does. All
 * that every page loads of the network simulator. Knows nothing of what goes through.
 */
import type { OpenTransport, Transport, TransportEvents } from "../sync/index.ts";

const CODE_LOST = 1006;

export class PassThrough {
  #open: OpenTransport;
  #current: { readonly pipe: Transport; readonly events: TransportEvents } | undefined;

  /** `direct`: the page's own way to open a connection. */
  constructor(direct: OpenTransport) {
    this.#open = direct;
  }

  /** What the page opens its connections with. */
  readonly open: OpenTransport = (url, events) => {
    const pipe = this.#open(url, {
      onOpen: () => events.onOpen(),
      onMessage: (bytes) => events.onMessage(bytes),
      onClose: (code, reason) => {
        if (this.#current?.pipe === pipe) this.#current = undefined;
        events.onClose(code, reason);
      },
    });
    this.#current = { pipe, events };
    return pipe;
  };

  /** From the next connection on, they are opened by what `wrap` makes of the way so far. */
  wrap(wrap: (open: OpenTransport) => OpenTransport): void {
    this.#open = wrap(this.#open);
  }

  /** Ends the present connection as if the line had gone; its owner comes back by itself. Without one, nothing happens. */
  cut(): void {
    const current = this.#current;
    this.#current = undefined;
    if (current === undefined) return;
    current.pipe.close(true);
    current.events.onClose(CODE_LOST, "cut by hand");
  }
}
