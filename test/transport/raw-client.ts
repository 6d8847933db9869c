/** A TCP client that sends exactly the bytes it is told to: for what no proper client would send. */
import { connect, type Socket } from "node:net";
import { SUBPROTOCOL } from "../../proto/subprotocol.ts";

export class RawClient {
  readonly #socket: Socket;
  readonly #closed: Promise<void>;
  readonly #connected: Promise<void>;
  /** Joined when somebody asks: joining at every piece would take minutes for some megabytes. */
  #pieces: Buffer[] = [];
  #length = 0;
  #onChange: () => void = () => {};

  /** `from`: the address that it comes from; all of 127.0.0.0/8 is this machine's. */
  constructor(port: number, from = "127.0.0.1") {
    this.#socket = connect({ port, host: "127.0.0.1", localAddress: from, noDelay: true });
    // A reset is one of the ways in which a server hangs up.
    this.#socket.on("error", () => {});
    this.#socket.on("data", (bytes) => {
      this.#pieces.push(bytes);
      this.#length += bytes.length;
      this.#onChange();
    });
    this.#closed = new Promise((resolve) => this.#socket.on("close", () => resolve()));
    void this.#closed.then(() => this.#onChange());
    this.#connected = Promise.race([
      new Promise<void>((done) => this.#socket.once("connect", () => done())),
      this.#closed,
    ]);
  }

  /** Resolves when it is connected, or has failed to be. */
  get connected(): Promise<void> {
    return this.#connected;
  }

  get isClosed(): boolean {
    return this.#socket.destroyed;
  }

  get received(): Buffer {
    if (this.#pieces.length !== 1) this.#pieces = [Buffer.concat(this.#pieces)];
    return this.#pieces[0];
  }

  get text(): string {
    return this.received.toString("latin1");
  }

  write(bytes: string | Uint8Array): void {
    this.#socket.write(bytes);
  }

  /** Waits until what was received satisfies `isEnough`; throws if the server hangs up before. */
  async until(isEnough: (text: string) => boolean): Promise<string> {
    while (!isEnough(this.text)) {
      if (this.#socket.destroyed) throw new Error(`closed after ${JSON.stringify(this.text)}`);
      await new Promise<void>((resolve) => {
        this.#onChange = resolve;
      });
    }
    return this.text;
  }

  /** Waits until so many bytes were received in all. */
  async untilLength(length: number): Promise<void> {
    while (this.#length < length) {
      if (this.#socket.destroyed) throw new Error(`closed after ${this.#length} bytes`);
      await new Promise<void>((resolve) => {
        this.#onChange = resolve;
      });
    }
  }

  /** Reads nothing until `resume`: what comes stays in the kernel's buffers, and when those are full, with the server. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** Waits until the server hangs up; all that was received. */
  async untilClosed(): Promise<string> {
    await this.#closed;
    return this.text;
  }

  destroy(): void {
    this.#socket.destroy();
  }
}

/** One request on a connection of its own; the whole answer once the server has closed it. */
export async function exchange(port: number, request: string): Promise<string> {
  const client = new RawClient(port);
  client.write(request);
  return client.untilClosed();
}

/** A correct handshake's fields; a test changes one. Undefined leaves it out. */
export function handshake(
  changes: Record<string, string | undefined> = {},
  requestLine = "GET /ws HTTP/1.1",
  extra = "",
): string {
  const fields = {
    Host: "pond.example",
    Upgrade: "websocket",
    Connection: "Upgrade",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Protocol": SUBPROTOCOL,
    ...changes,
  };
  const lines = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}\r\n`],
  );
  return `${requestLine}\r\n${lines.join("")}${extra}\r\n`;
}

/** Connects and upgrades. */
export async function openRaw(port: number, changes: Record<string, string | undefined> = {}): Promise<RawClient> {
  const client = new RawClient(port);
  client.write(handshake(changes));
  await client.until((text) => text.includes("\r\n\r\n"));
  return client;
}

export const OPCODE_TEXT = 1;
export const OPCODE_BINARY = 2;
export const OPCODE_CLOSE = 8;
export const OPCODE_PING = 9;
export const OPCODE_PONG = 10;

/** A whole masked frame; the mask is 0, so the payload shows. */
export function frame(opcode: number, payload: Uint8Array = new Uint8Array(0), firstByteBits = 0x80): Buffer {
  const { length } = payload;
  const head = length < 126 ? [0x80 | length] : [0x80 | 126, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([firstByteBits | opcode, ...head, 0, 0, 0, 0]), payload]);
}

/** The server's Close frame at the end of `text`, as it goes on the wire. */
export function closeFrame(code: number, reason: string): string {
  return Buffer.from([0x88, 2 + reason.length, code >> 8, code & 0xff, ...Buffer.from(reason)]).toString("latin1");
}
