/** A real listener on a free port, with a clock moved by hand and a handler that remembers. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Connection, ConnectionHandler } from "../../server/transport/connection.ts";
import { type Listener, type ListenOptions, listen } from "../../server/transport/listener.ts";
import { messageBurst } from "../../server/transport/message-rate.ts";
import type { Peer, RejectReason } from "../../server/transport/refusal.ts";

/** Remembers what it is told; tests wait on it. A test may set `onOpenHook` and so on to answer or to throw. */
export class Recorder implements ConnectionHandler {
  readonly opened: Connection[] = [];
  readonly messages: { connection: Connection; bytes: number[] }[] = [];
  readonly closed: { connection: Connection; code: number }[] = [];
  openHook: (connection: Connection) => void = () => {};
  messageHook: (connection: Connection, bytes: Uint8Array) => void = () => {};
  closeHook: (connection: Connection) => void = () => {};
  #onChange: () => void = () => {};

  onOpen(connection: Connection): void {
    this.opened.push(connection);
    this.#onChange();
    this.openHook(connection);
  }

  onMessage(connection: Connection, bytes: Uint8Array): void {
    this.messages.push({ connection, bytes: [...bytes] });
    this.#onChange();
    this.messageHook(connection, bytes);
  }

  onClose(connection: Connection, code: number): void {
    this.closed.push({ connection, code });
    this.#onChange();
    this.closeHook(connection);
  }

  /** Waits until the events so far satisfy `isEnough`. */
  async until(isEnough: () => boolean): Promise<void> {
    while (!isEnough()) {
      await new Promise<void>((resolve) => {
        this.#onChange = resolve;
      });
    }
  }
}

export interface TestListener {
  readonly listener: Listener;
  readonly port: number;
  readonly recorder: Recorder;
  /** Reasons of what was refused. */
  readonly rejects: RejectReason[];
  /** The same, with who sent it and the words for the log. */
  readonly refusals: { reason: RejectReason; peer: Peer; words: string }[];
  readonly bugs: { fields: object; message: string }[];
  readonly clock: { nowMs: number };
}

/** Closed when the test ends. */
export async function startListener(changes: Partial<ListenOptions> = {}): Promise<TestListener> {
  const recorder = new Recorder();
  const rejects: RejectReason[] = [];
  const refusals: TestListener["refusals"] = [];
  const bugs: { fields: object; message: string }[] = [];
  const clock = { nowMs: 1_000_000 };
  const listener = await listen({
    host: "127.0.0.1",
    port: 0,
    handler: recorder,
    log: { error: (fields, message) => bugs.push({ fields, message }) },
    onReject: (reason, { id, kind, address }, words) => {
      rejects.push(reason);
      refusals.push({ reason, peer: { id, kind, address }, words });
    },
    origins: [],
    staticDir: "/nonexistent",
    routes: new Map(),
    nowMs: () => clock.nowMs,
    serverNowMs: changes.nowMs ?? (() => clock.nowMs),
    messageBurst: messageBurst(20),
    socketsMax: 1000,
    addressSocketsMax: 50,
    addressJoinsPerSecond: 10,
    trustedProxies: [],
    ...changes,
  });
  onTestFinished(() => listener.close());
  return { listener, port: listener.port, recorder, rejects, refusals, bugs, clock };
}

/** An empty folder, removed when the test ends. */
export function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), "shoal-test-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
}
