/** The usual pipe: one binary WebSocket message for each message. The same code runs in browsers and in Node. */
import { SUBPROTOCOL } from "../../proto/subprotocol.ts";
import { type OpenTransport, pathAt, type Transport, type TransportEvents } from "./transport.ts";

/** `WebSocket.OPEN`; a number because fakes and old Nodes lack the constant. */
const OPEN = 1;
const CODE_NORMAL = 1000;
/**
 * SPEC S6: any code but 1000, 1001 and those from 4500 on keeps the player's place. Not one of 3000 to 3999: the server's engine takes
 * those for broken frames, and each reconnection would be counted as an attack.
 */
const CODE_COMES_BACK = 4499;
/** RFC 6455 section 7.4.1. 1005: the other end closed and gave no code. 1006: nobody closed, the line went. */
const CODE_NONE_GIVEN = 1005;
const CODE_LOST = 1006;
/** RFC 6455 section 7.4.1: data of a kind that this end cannot take. A browser lets nobody send it. */
const CODE_UNSUPPORTED = 1003;

export const openWebSocket: OpenTransport = (url, events) => new WebSocketTransport(url, events);

class WebSocketTransport implements Transport {
  readonly #socket: WebSocket;

  constructor(url: string, events: TransportEvents) {
    const socket = new WebSocket(webSocketUrl(url), [SUBPROTOCOL]);
    socket.binaryType = "arraybuffer";
    let hasOpened = false;
    const end = (code: number, reason: string): void => {
      silence(socket);
      events.onClose(code, reason);
    };
    socket.onopen = () => {
      hasOpened = true;
      events.onOpen();
    };
    socket.onmessage = ({ data }) => {
      if (data instanceof ArrayBuffer) {
        events.onMessage(new Uint8Array(data));
      } else {
        socket.close(CODE_NORMAL);
        end(CODE_UNSUPPORTED, "text message");
      }
    };
    socket.onclose = ({ code, reason }) => end(code === CODE_NONE_GIVEN ? CODE_LOST : code, reason);
    // In browsers a close event follows every error. In Node 22 (undici 6) none does if the socket never opened.
    socket.onerror = () => {
      if (!hasOpened) end(CODE_LOST, "cannot connect");
    };
    this.#socket = socket;
  }

  send(bytes: Uint8Array): void {
    if (this.#socket.readyState === OPEN) this.#socket.send(bytes);
  }

  close(comesBack = false): void {
    silence(this.#socket);
    this.#socket.close(comesBack ? CODE_COMES_BACK : CODE_NORMAL);
  }
}

/** No event after this. */
function silence(socket: WebSocket): void {
  socket.onopen = null;
  socket.onmessage = null;
  socket.onclose = null;
  socket.onerror = null;
}

/** `http://host` becomes `ws://host/ws`, and https wss. */
function webSocketUrl(url: string): string {
  return pathAt(url, "/ws").replace(/^http/, "ws");
}
