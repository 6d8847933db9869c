/**
 * WebSocket connections: turns the engine's callbacks into a Connection and its events. Holds the limits that must act
 * inside the engine's callback, because one read can bring half a million frames (SPEC section H).
 * Knows nothing of protobuf or sessions. Nothing here touches a socket after its close: that throws.
 */
import { MESSAGE_BYTES_MAX } from "../../proto/limits.ts";
import type { AddressLimits } from "./address-limits.ts";
import type { Connection, ConnectionHandler, SendResult } from "./connection.ts";
import {
  ENGINE_BAD_CLOSE,
  ENGINE_BAD_FRAME,
  ENGINE_BAD_TEXT,
  ENGINE_TOO_BIG,
  type Engine,
  type HttpResponse,
  type WebSocket,
  type WebSocketBehavior,
} from "./engine.ts";
import { type Fault, OUTDATED, OVERSIZE, TEXT, TOO_MANY_MESSAGES, TOO_MANY_PINGS } from "./fault.ts";
import { type BugLog, guardCallback } from "./guard.ts";
import { judgeHandshake } from "./handshake.ts";
import { MESSAGES_PER_S } from "./message-rate.ts";
import { type OnReject, type Refusal, type RejectReason, sendRefusal } from "./refusal.ts";
import { type RequestHeaders, readHeaders } from "./request-headers.ts";
import { TokenBucket } from "./token-bucket.ts";

/**
 * What is larger the engine cuts off at its header, and the client learns no more than 1006, as if the line had gone.
 * Who is only a little over MESSAGE_BYTES_MAX gets a code and words instead.
 */
const ENGINE_MESSAGE_BYTES_MAX = MESSAGE_BYTES_MAX + 1024;
/** Bytes waiting in this process for one client; the engine drops messages beyond. */
const BACKPRESSURE_BYTES_MAX = 65536;
/** Net under the sessions' own timeouts: no byte, not even a pong, for so long. */
const IDLE_TIMEOUT_S = 32;
/** Pings and pongs: browsers send none by themselves, and answer one of ours now and then. */
const CONTROL_BURST = 20;
const CONTROLS_PER_S = 5;
/** The engine's result of `send` for a message over the backpressure limit. 0 and 1 are taken. */
const ENGINE_DROPPED = 2;
const ENGINE_SENT = 1;
/** RFC 6455 section 7.1.5: no Close frame came. */
const CODE_ABNORMAL = 1006;
/** Why the engine cut a connection off, by its own words. */
const ENGINE_REJECTS: ReadonlyMap<string, RejectReason> = new Map([
  [ENGINE_TOO_BIG, "oversize"],
  [ENGINE_BAD_FRAME, "frame"],
  [ENGINE_BAD_CLOSE, "frame"],
  // Broken text never gets as far as our own refusal of text.
  [ENGINE_BAD_TEXT, "text"],
]);

export interface WebSocketOptions {
  /** Guarded: does not throw. */
  readonly handler: ConnectionHandler;
  readonly log: BugLog;
  readonly origins: readonly string[];
  readonly nowMs: () => number;
  readonly nextId: () => number;
  readonly onReject: OnReject;
  /** Whose request it is. */
  readonly addressOf: (res: HttpResponse, headers: RequestHeaders) => string;
  readonly limits: AddressLimits;
  /** Messages of one client at once. */
  readonly messageBurst: number;
  /** Told once for each upgraded socket that ended; the engine's own count leaves these out. */
  readonly onSocketEnd: () => void;
}

/** What rides on an engine socket. The engine copies the fields, so there is one and it is a reference. */
export interface SocketData {
  readonly connection: WebSocketConnection;
}

type Socket = WebSocket<SocketData>;
type ConnectionRates = Pick<WebSocketOptions, "nowMs" | "messageBurst">;

/** The engine's settings and callbacks for the WebSocket route. */
export function webSocketBehavior(engine: Engine, options: WebSocketOptions): WebSocketBehavior<SocketData> {
  const { handler, log, nowMs, onReject, limits } = options;
  const endAsBug = (socket: Socket): void => socket.getUserData().connection.close(1011, "internal error");
  const refuse = (connection: Connection, { reason, code, words }: Fault): void => {
    onReject(reason, connection, words);
    connection.close(code, words);
  };

  const handleUpgrade: NonNullable<WebSocketBehavior<SocketData>["upgrade"]> = (res, req, context) => {
    const headers = readHeaders(req);
    const verdict = judgeHandshake(req.getMethod(), headers, options.origins);
    const address = options.addressOf(res, headers);
    const refuseUpgrade = (refusal: Refusal): void => {
      onReject(refusal.reason, { kind: "websocket", address }, refusal.text);
      sendRefusal(res, refusal);
    };
    if (!verdict.isAccepted) return refuseUpgrade(verdict.refusal);
    const refusal = limits.judge(address);
    if (refusal !== undefined) return refuseUpgrade(refusal);
    const connection = new WebSocketConnection(options.nextId(), address, verdict.isOutdated, options);
    const key = headers.get("sec-websocket-key") ?? "";
    // No extensions: compression has an oracle and a bomb (threat T21), and our frames are dense.
    res.upgrade<SocketData>({ connection }, key, verdict.subprotocol, "", context);
  };

  const handleOpen = (socket: Socket): void => {
    const { connection } = socket.getUserData();
    connection.attach(socket);
    limits.opened(connection.address);
    if (connection.isOutdated) {
      // A browser cannot read an HTTP refusal, but it can read a close code.
      refuse(connection, OUTDATED);
    } else {
      handler.onOpen(connection);
    }
  };

  const handleMessage = (socket: Socket, bytes: ArrayBuffer, isBinary: boolean): void => {
    const { connection } = socket.getUserData();
    if (!connection.isOpen) return;
    if (!connection.messages.take(nowMs())) refuse(connection, TOO_MANY_MESSAGES);
    else if (bytes.byteLength > MESSAGE_BYTES_MAX) refuse(connection, OVERSIZE);
    else if (!isBinary) refuse(connection, TEXT);
    else handler.onMessage(connection, new Uint8Array(bytes));
  };

  const handleControl = (socket: Socket): void => {
    const { connection } = socket.getUserData();
    if (connection.isOpen && !connection.controls.take(nowMs())) refuse(connection, TOO_MANY_PINGS);
  };

  const handleClose = (socket: Socket, code: number, message: ArrayBuffer): void => {
    const { connection } = socket.getUserData();
    connection.detach();
    options.onSocketEnd();
    const words = code === CODE_ABNORMAL ? Buffer.from(message).toString() : "";
    const reason = ENGINE_REJECTS.get(words);
    if (reason !== undefined) onReject(reason, connection, words);
    limits.closed(connection.address, code, reason !== undefined);
    if (!connection.isOutdated) handler.onClose(connection, code);
  };

  return {
    compression: engine.DISABLED,
    maxPayloadLength: ENGINE_MESSAGE_BYTES_MAX,
    maxBackpressure: BACKPRESSURE_BYTES_MAX,
    closeOnBackpressureLimit: false,
    idleTimeout: IDLE_TIMEOUT_S,
    sendPingsAutomatically: true,
    upgrade: guardCallback(log, "upgrade", handleUpgrade, (res) => res.close()),
    open: guardCallback(log, "open", handleOpen, endAsBug),
    message: guardCallback(log, "message", handleMessage, endAsBug),
    ping: guardCallback(log, "ping", handleControl, endAsBug),
    pong: guardCallback(log, "pong", handleControl, endAsBug),
    close: guardCallback(log, "close", handleClose, () => {}),
  };
}

/** One upgraded socket. The engine's callbacks above are its only other user. */
export class WebSocketConnection implements Connection {
  readonly id: number;
  readonly kind = "websocket";
  readonly address: string;
  /** The client speaks another schema: closed at once, and the handler never hears of it. */
  readonly isOutdated: boolean;
  readonly messages: TokenBucket;
  readonly controls: TokenBucket;
  /** Null before the open and from the close on: the engine's object must not be touched then. */
  #socket: Socket | null = null;
  #isBacklogged = false;

  constructor(id: number, address: string, isOutdated: boolean, { nowMs, messageBurst }: ConnectionRates) {
    this.id = id;
    this.address = address;
    this.isOutdated = isOutdated;
    this.messages = new TokenBucket(messageBurst, MESSAGES_PER_S, nowMs());
    this.controls = new TokenBucket(CONTROL_BURST, CONTROLS_PER_S, nowMs());
  }

  get isOpen(): boolean {
    return this.#socket !== null;
  }

  attach(socket: Socket): void {
    this.#socket = socket;
  }

  detach(): void {
    this.#socket = null;
  }

  /** The engine writes to the kernel or copies to its own buffer before it returns. */
  send(bytes: Uint8Array): SendResult {
    if (this.#socket === null) return "closed";
    const result = this.#socket.send(bytes, true);
    this.#isBacklogged = result !== ENGINE_SENT;
    return result === ENGINE_DROPPED ? "dropped" : "sent";
  }

  /** Asks the engine only when its last answer left something waiting: the question costs as much as composing a frame. */
  bufferedBytes(): number {
    if (this.#socket === null || !this.#isBacklogged) return 0;
    const bytes = this.#socket.getBufferedAmount();
    this.#isBacklogged = bytes > 0;
    return bytes;
  }

  /** The engine calls its close callback, and so `detach`, from inside `end`. */
  close(code: number, reason: string): void {
    this.#socket?.end(code, reason);
  }
}
