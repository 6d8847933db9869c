/** A client whose connections the test holds the other ends of. Time is the fake timers'. */
import {
  type ConnectionState,
  SyncClient,
  type SyncClientOptions,
  type Transport,
  type TransportEvents,
} from "../../client/sync/index.ts";
import { shoal } from "../../proto/gen/shoal.js";

/** A pipe whose other end is the test. */
export class FakeTransport implements Transport {
  readonly sent: Uint8Array[] = [];
  isClosed = false;
  readonly events: TransportEvents;

  constructor(events: TransportEvents) {
    this.events = events;
  }
  send(bytes: Uint8Array): void {
    this.sent.push(bytes);
  }
  close(): void {
    this.isClosed = true;
  }

  welcome(epoch = 1, more: shoal.Welcome.$Properties = {}): void {
    const welcome = { room: "pond", epoch, tick: 10, tickHz: 20, worldWidth: 640, worldHeight: 640, cellSize: 320 };
    this.events.onMessage(
      shoal.Welcome.encode({
        ...welcome,
        slotCount: 10,
        ownSlot: 3,
        messageBytesMax: 4096,
        resumeToken: new Uint8Array(16).fill(7),
        ...more,
      }).finish(),
    );
  }
  frame(frame: shoal.ServerFrame.$Properties): void {
    this.events.onMessage(shoal.ServerFrame.encode({ epoch: 1, ...frame }).finish());
  }
  /** What the client told after its hello. */
  told(): shoal.ClientFrame[] {
    return this.sent.slice(1).map((bytes) => shoal.ClientFrame.decode(bytes));
  }
}

export function setUp(random = () => 0.5, more: Partial<SyncClientOptions> = {}) {
  const transports: FakeTransport[] = [];
  const states: ConnectionState[] = [];
  const events: shoal.ServerEvent[] = [];
  const also: { onState?: (state: ConnectionState) => void; onEvent?: (event: shoal.ServerEvent) => void } = {};
  const client = new SyncClient({
    url: "http://shoal.test",
    join: { look: { name: "Ada" } },
    openTransport: (_, transportEvents) => {
      const transport = new FakeTransport(transportEvents);
      transports.push(transport);
      return transport;
    },
    now: () => Date.now(),
    random,
    onState: (state) => {
      states.push(state);
      also.onState?.(state);
    },
    onEvent: (event) => {
      events.push(event);
      also.onEvent?.(event);
    },
    ...more,
  });
  const last = () => transports[transports.length - 1];
  const join = () => {
    client.start();
    last().events.onOpen();
    last().welcome();
  };
  const onState = (listener: (state: ConnectionState) => void) => {
    also.onState = listener;
  };
  const onEvent = (listener: (event: shoal.ServerEvent) => void) => {
    also.onEvent = listener;
  };
  return { client, transports, states, events, last, join, onState, onEvent };
}

/** The server answers the newest stamp, and tells the own motion. */
export function meet(last: () => FakeTransport, tick: number): void {
  const stamp = Math.max(
    ...last()
      .told()
      .map((frame) => frame.stamp),
  );
  last().frame({ tick, own: { x: 3200, y: 3200 }, echo: { stamp, age: 80, tickUs: 1500 } });
}
