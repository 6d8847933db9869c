/** Writes down what one client sends and gets, for the history checker: on its pipe and behind its replica. Changes nothing of it. */
import type { OpenTransport, SyncClient } from "../../client/sync/index.ts";
import { shoal } from "../../proto/gen/shoal.js";
import type { ClientEntry } from "./history-checker.ts";
import { worldHash } from "./world-hash.ts";

export interface RecorderOptions {
  open: OpenTransport;
  /** The name of the session that a Welcome begins or goes on with. */
  sessionOf(welcome: shoal.Welcome): string;
}

export class ClientRecorder {
  readonly entries: ClientEntry[] = [];
  /** Of the newest Welcome. */
  resumeToken: Uint8Array = new Uint8Array(0);
  readonly #options: RecorderOptions;

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  /** To be given to the client. */
  readonly open: OpenTransport = (url, events) => {
    let isWelcomed = false;
    let isGreeted = false;
    const transport = this.#options.open(url, {
      ...events,
      onMessage: (bytes) => {
        // Before the client: what it tells of the message belongs behind it.
        if (!isWelcomed) this.#welcome(shoal.Welcome.decode(bytes));
        isWelcomed = true;
        events.onMessage(bytes);
      },
    });
    return {
      send: (bytes) => {
        if (isGreeted) this.#sent(shoal.ClientFrame.decode(bytes));
        isGreeted = true;
        transport.send(bytes);
      },
      close: (comesBack) => transport.close(comesBack),
    };
  };

  /** To be called from the client's `onFrame`. `cellCount`: of the whole world. */
  applied(client: SyncClient, bytes: Uint8Array, cellCount: number): void {
    const { replica } = client;
    const slots = replica.visible.subarray(0, replica.visibleCount);
    const isWhole = replica.cells.size === cellCount;
    const hash = isWhole ? worldHash(slots, replica.motion, (slot) => replica.entityId(slot)) : undefined;
    this.entries.push({ kind: "frame", epoch: replica.epoch, tick: replica.tick, hash });
    const { eventAck } = shoal.ServerFrame.decode(bytes);
    if (eventAck > 0) this.entries.push({ kind: "kept", lastEvent: eventAck });
  }

  /** To be called from the client's `onEvent`. */
  heard({ said }: shoal.ServerEvent): void {
    if (said?.scope === shoal.Scope.SCOPE_ROOM) this.entries.push({ kind: "heard", text: said.text ?? "" });
  }

  #welcome(welcome: shoal.Welcome): void {
    const { epoch, resumed, lastEvent, resumeToken } = welcome;
    this.resumeToken = resumeToken;
    this.entries.push({ kind: "joined", session: this.#options.sessionOf(welcome), epoch, resumed, lastEvent });
  }

  #sent({ inputs, events, firstEvent }: shoal.ClientFrame): void {
    for (const { steer } of inputs) if (steer) this.entries.push({ kind: "steered", value: steer.heading ?? 0 });
    for (const [i, { shout }] of events.entries()) {
      if (shout) this.entries.push({ kind: "said", number: firstEvent + i, text: shout.text ?? "" });
    }
  }
}
