/**
 * The place in the page's transport where the overlay can step in: connections pass straight through until it does. All
 * that every page loads of the network simulator. Knows nothing of what goes through.
 */
import type { OpenTransport, Transport, TransportEvents } from "../sync/index.ts";

const CODE_LOST = 1006;

export class PassThrough {
  #open: OpenTransport;
  /** Usually one; a client whose line is silent tries another beside it. */
  readonly #present = new Map<Transport, TransportEvents>();

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
        this.#present.delete(pipe);
        events.onClose(code, reason);
      },
    });
    this.#present.set(pipe, events);
    return {
      send: (bytes) => pipe.send(bytes),
      close: (comesBack) => {
        this.#present.delete(pipe);
        pipe.close(comesBack);
      },
    };
  };

  /** From the next connection on, they are opened by what `wrap` makes of the way so far. */
  wrap(wrap: (open: OpenTransport) => OpenTransport): void {
    this.#open = wrap(this.#open);
  }

  /** Ends the present connections as if the line had gone; its owner comes back by itself. Without one, nothing happens. */
  cut(): void {
    const cut = [...this.#present];
    this.#present.clear();
    for (const [pipe, events] of cut) {
      pipe.close(true);
      events.onClose(CODE_LOST, "cut by hand");
    }
  }
}
