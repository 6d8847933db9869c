/**
 * A WebSocket over a TCP socket of our own: what the platform's WebSocket does for a client, and what it would never do. It
 * comes from a chosen address, stops reading, reads slowly, and goes away without a word. Masks with zero (RFC 6455 section 5.3 asks
 * for a mask, and the server must not care which).
 */
import { connect, type Socket } from "node:net";
import type { Transport, TransportEvents } from "../../client/sync/transport.ts";
import { frame, handshake, OPCODE_BINARY, OPCODE_CLOSE, OPCODE_PING, OPCODE_PONG } from "../transport/raw-client.ts";

const CODE_NORMAL = 1000;
const CODE_LOST = 1006;
/** SPEC S6: any code but 1000 and 1001 keeps the player's place. */
const CODE_COMES_BACK = 3000;
const HEAD_END = "\r\n\r\n";

export interface PipeAddress {
  readonly host: string;
  readonly port: number;
  /** Where it comes from: all of 127.0.0.0/8 is this machine's. */
  readonly from?: string | undefined;
  /** What one read takes at most; a slow reader takes little. */
  readonly readBytes?: number;
}

const READ_BYTES = 16 * 1024;

export class Pipe implements Transport {
  readonly socket: Socket;
  readonly #events: TransportEvents;
  #rest: Buffer = Buffer.alloc(0);
  #isOpen = false;
  #isOver = false;
  /** Bytes that may be read before it stops reading. */
  #budget = Number.POSITIVE_INFINITY;

  constructor({ host, port, from, readBytes = READ_BYTES }: PipeAddress, events: TransportEvents) {
    this.#events = events;
    const buffer = Buffer.allocUnsafe(readBytes);
    const onread = {
      buffer,
      callback: (count: number) => {
        this.#budget -= count;
        this.#read(buffer.subarray(0, count));
        return this.#budget > 0;
      },
    };
    const address = from === undefined ? { host, port } : { host, port, localAddress: from };
    this.socket = connect({ ...address, noDelay: true, onread });
    this.socket.once("connect", () => this.socket.write(handshake({ Host: `${host}:${port}` })));
    // What ends it is told by the close that follows.
    this.socket.on("error", () => {});
    this.socket.once("close", () => this.#end(CODE_LOST, this.#isOpen ? "the line went" : "cannot connect"));
  }

  send(bytes: Uint8Array): void {
    if (this.#isOpen && !this.#isOver) this.socket.write(frame(OPCODE_BINARY, bytes));
  }

  close(comesBack = false): void {
    const code = comesBack ? CODE_COMES_BACK : CODE_NORMAL;
    if (this.#isOpen) this.socket.end(frame(OPCODE_CLOSE, Buffer.from([code >> 8, code & 0xff])));
    else this.socket.destroy();
    this.#isOver = true;
  }

  /** Reads about so many bytes more and then nothing, until it is told again. */
  allow(bytes: number): void {
    this.#budget = bytes;
    if (bytes > 0) this.socket.resume();
    else this.socket.pause();
  }

  /** The line goes, and the owner is told. */
  cut(): void {
    this.socket.destroy();
  }

  #end(code: number, reason: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.socket.destroy();
    this.#events.onClose(code, reason);
  }

  #read(bytes: Buffer): void {
    if (this.#isOver) return;
    const all = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    let at = 0;
    if (!this.#isOpen) {
      const end = all.indexOf(HEAD_END);
      this.#rest = Buffer.from(all);
      if (end < 0) return;
      const head = all.toString("latin1", 0, 15);
      if (!head.startsWith("HTTP/1.1 101")) return this.#end(CODE_LOST, `refused: ${head}`);
      this.#isOpen = true;
      at = end + HEAD_END.length;
      this.#events.onOpen();
    }
    at = this.#readFrames(all, at);
    // Copied: the read buffer is used again.
    this.#rest = Buffer.from(all.subarray(at));
  }

  /** Reads whole frames from `from` on; returns where the first incomplete one begins. The server masks and splits nothing. */
  #readFrames(bytes: Buffer, from: number): number {
    let at = from;
    while (at + 2 <= bytes.length && !this.#isOver) {
      let length = bytes[at + 1] & 127;
      let start = at + 2;
      if (length === 126) {
        if (at + 4 > bytes.length) return at;
        length = bytes.readUInt16BE(at + 2);
        start = at + 4;
      } else if (length === 127) {
        if (at + 10 > bytes.length) return at;
        length = bytes.readUInt32BE(at + 6);
        start = at + 10;
      }
      const end = start + length;
      if (end > bytes.length) return at;
      this.#take(bytes[at] & 15, bytes.subarray(start, end));
      at = end;
    }
    return at;
  }

  #take(opcode: number, payload: Buffer): void {
    if (opcode === OPCODE_PING) this.socket.write(frame(OPCODE_PONG, payload));
    else if (opcode === OPCODE_CLOSE) {
      const code = payload.length >= 2 ? payload.readUInt16BE(0) : CODE_LOST;
      this.#end(code, payload.toString("utf8", 2));
      // Receivers may keep what they get; the read buffer is the socket's.
    } else this.#events.onMessage(new Uint8Array(payload));
  }
}
