/**
 * A WebSocket client that costs a few microseconds a message: what lets one core of load carry thousands of players. Reads
 * into one buffer shared by all sockets, masks with zero (allowed by RFC 6455 section 5.3 in form, and the server must not
 * care), keeps nothing. Not for use outside the bench.
 */
import { createConnection, type Socket } from "node:net";

const OPCODE_BINARY = 2;
const OPCODE_CLOSE = 8;
const OPCODE_PING = 9;
const OPCODE_PONG = 10;
/** Close code 1000, RFC 6455 section 7.4.1. */
const NORMAL_CLOSURE = Uint8Array.of(0x03, 0xe8);

export interface RawSocketOptions {
  readonly port: number;
  readonly path: string;
  readonly protocol?: string;
  onOpen(): void;
  /** One whole message in `bytes[start..end)`, valid until this returns. `wireBytes`: with its WebSocket header. */
  onMessage(bytes: Uint8Array, start: number, end: number, wireBytes: number): void;
  onClose(): void;
}

/** All sockets read here: the callback is done with it before the next read. */
const readBuffer = Buffer.allocUnsafe(256 * 1024);

export class RawSocket {
  readonly #socket: Socket;
  readonly #options: RawSocketOptions;
  /** Bytes of a message whose end has not come. */
  #rest: Buffer | undefined;
  #isOpen = false;
  #isClosed = false;

  constructor(options: RawSocketOptions) {
    this.#options = options;
    const onread = { buffer: readBuffer, callback: (count: number) => this.#read(count) };
    this.#socket = createConnection({ host: "127.0.0.1", port: options.port, onread });
    this.#socket.setNoDelay(true);
    this.#socket.once("connect", () => this.#socket.write(this.#handshake()));
    this.#socket.once("error", () => this.#close());
    this.#socket.once("close", () => this.#close());
  }

  /** Sends one binary message of at most 65,535 bytes. */
  send(payload: Uint8Array): void {
    if (!this.#isOpen || this.#isClosed) return;
    this.#socket.write(frame(OPCODE_BINARY, payload));
  }

  /** Says goodbye as a closed tab does (1000), so that no server keeps a seat for who left. */
  close(): void {
    if (this.#isOpen && !this.#isClosed) this.#socket.end(frame(OPCODE_CLOSE, NORMAL_CLOSURE));
    else this.#socket.destroy();
    this.#close();
  }

  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#options.onClose();
  }

  #handshake(): string {
    const { path, protocol } = this.#options;
    const lines = [
      `GET ${path} HTTP/1.1`,
      "Host: 127.0.0.1",
      "Upgrade: websocket",
      "Connection: Upgrade",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    ];
    if (protocol !== undefined) lines.push(`Sec-WebSocket-Protocol: ${protocol}`);
    return `${lines.join("\r\n")}\r\n\r\n`;
  }

  #read(count: number): boolean {
    if (this.#isClosed) return true;
    let bytes = readBuffer.subarray(0, count);
    if (this.#rest !== undefined) {
      bytes = Buffer.concat([this.#rest, bytes]);
      this.#rest = undefined;
    }
    let at = 0;
    if (!this.#isOpen) {
      const end = bytes.indexOf("\r\n\r\n");
      if (end < 0) {
        this.#rest = Buffer.from(bytes);
        return true;
      }
      if (!bytes.subarray(0, 12).equals(Buffer.from("HTTP/1.1 101"))) {
        this.close();
        return true;
      }
      this.#isOpen = true;
      at = end + 4;
      this.#options.onOpen();
    }
    at = this.#readFrames(bytes, at);
    if (at < bytes.length) this.#rest = Buffer.from(bytes.subarray(at));
    return true;
  }

  /** Reads whole frames from `at` on; returns where the first incomplete one begins. */
  #readFrames(bytes: Buffer, from: number): number {
    let at = from;
    while (at + 2 <= bytes.length && !this.#isClosed) {
      const opcode = bytes[at] & 15;
      let length = bytes[at + 1] & 127;
      let head = 2;
      if (length === 126) {
        if (at + 4 > bytes.length) return at;
        length = bytes.readUInt16BE(at + 2);
        head = 4;
      } else if (length === 127) {
        if (at + 10 > bytes.length) return at;
        length = bytes.readUInt32BE(at + 6);
        head = 10;
      }
      const start = at + head;
      const end = start + length;
      if (end > bytes.length) return at;
      if (opcode === OPCODE_PING) this.#socket.write(frame(OPCODE_PONG, bytes.subarray(start, end)));
      else if (opcode === OPCODE_CLOSE) this.close();
      else this.#options.onMessage(bytes, start, end, head + length);
      at = end;
    }
    return at;
  }
}

/** A masked frame; the mask is zero, so the payload stands as it is. */
function frame(opcode: number, payload: Uint8Array): Buffer {
  const isLong = payload.length > 125;
  const head = isLong ? 8 : 6;
  const bytes = Buffer.allocUnsafe(head + payload.length);
  bytes[0] = 0x80 | opcode;
  bytes[1] = 0x80 | (isLong ? 126 : payload.length);
  if (isLong) bytes.writeUInt16BE(payload.length, 2);
  bytes.fill(0, head - 4, head);
  bytes.set(payload, head);
  return bytes;
}
