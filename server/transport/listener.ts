/**
 * One port for everything: `/ws`, `/poll`, `/leave`, the page and a short `/healthz`. Puts the parts of this folder
 * together; decides nothing. Knows nothing of protobuf, sessions or rooms.
 */
import { type Route, routeRequest } from "../http/router.ts";
import { readStaticFiles } from "../http/static-files.ts";
import { AddressLimits } from "./address-limits.ts";
import { subscriber } from "./address-table.ts";
import { clientAddress, isTrustedProxy } from "./client-address.ts";
import type { ConnectionHandler } from "./connection.ts";
import { type HttpRequest, type HttpResponse, loadEngine } from "./engine.ts";
import { handleGoodbye } from "./goodbye.ts";
import { type BugLog, guardCallback, guardHandler } from "./guard.ts";
import { judgeHandshake } from "./handshake.ts";
import type { IpPrefix } from "./ip-address.ts";
import { ListenSocket } from "./listen-socket.ts";
import { PollingEndpoint, type PollingOptions } from "./polling.ts";
import { type OnReject, remoteAddress, sendRefusal } from "./refusal.ts";
import { type RequestHeaders, readHeaders } from "./request-headers.ts";
import { type SocketData, webSocketBehavior } from "./web-socket.ts";

export const WEB_SOCKET_PATH = "/ws";
export const POLL_PATH = "/poll";
export const LEAVE_PATH = "/leave";

export interface ListenOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Told of every connection, whichever way it came. */
  readonly handler: ConnectionHandler;
  /** A client leaves for good, whatever becomes of its connection; `token` is valid until it returns. */
  readonly onGoodbye?: (token: Uint8Array) => void;
  readonly log: BugLog;
  /** Told of each refused request, and of each connection that ends for what its client sent. */
  readonly onReject: OnReject;
  /** Pages that may connect, e.g. `https://example.com`; empty: only pages of this server's own host. */
  readonly origins: readonly string[];
  /** Folder of the built page; need not exist. */
  readonly staticDir: string;
  /** GET paths beside the page's files: `/healthz`. */
  readonly routes: ReadonlyMap<string, Route>;
  /** Monotonic clock, ms: what clients send in it is limited. */
  readonly nowMs: () => number;
  /** The same, but it stands while the server does (SPEC T6): how long clients may be silent, or wait. */
  readonly serverNowMs: () => number;
  /** Messages of one client at once. */
  readonly messageBurst: number;
  /** Most sockets at once, HTTP included; below the process's limit of file descriptors. */
  readonly socketsMax: number;
  /** Connections of one address at once; 0: no limit. */
  readonly addressSocketsMax: number;
  /** Connections of one address a second, twice as many at once; 0: no limit. */
  readonly addressJoinsPerSecond: number;
  /** Proxies whose word on the client's address counts. */
  readonly trustedProxies: readonly IpPrefix[];
  /**
   * Told once if something on this machine speaks for others while no proxy is trusted: all its clients then count as this machine,
   * whose addresses are not limited.
   */
  readonly onUnknownProxy?: () => void;
}

export interface Listener {
  readonly port: number;
  /** Sockets alive now, HTTP included. */
  readonly sockets: number;
  /** The port is closed to newcomers until enough sockets have left (SPEC H29). */
  readonly isFull: boolean;
  /** Polling connections that are closed, and whose clients have not asked since. */
  readonly unheardCount: number;
  /** Lets time pass: call it with `serverNowMs()` about once a tick. Ends long polls whose wait is over, and tries to open a port that could not be. */
  sweep(nowMs: number): void;
  /**
   * Closes the port and cuts off every connection still open. A client learns a code only if its connection was closed
   * with one before, and a polling client only by a poll that came since. Twice is harmless.
   */
  close(): void;
}

/** Throws EngineError when the engine cannot be used, Error when the port cannot be had. */
export async function listen(options: ListenOptions): Promise<Listener> {
  const { log, origins, onReject, nowMs, serverNowMs, messageBurst } = options;
  const engine = await loadEngine();
  const app = engine.App();
  const handler = guardHandler(options.handler, log);
  const router = { files: readStaticFiles(options.staticDir), routes: options.routes, log };
  let lastId = 0;
  const nextId = (): number => ++lastId;
  let isProxyTold = options.trustedProxies.length > 0;
  const addressOf = (res: HttpResponse, headers: RequestHeaders): string => {
    const forwardedFor = headers.get("x-forwarded-for");
    const address = clientAddress(remoteAddress(res), forwardedFor, options.trustedProxies);
    if (!isProxyTold && forwardedFor !== undefined && subscriber(address) === undefined) {
      isProxyTold = true;
      options.onUnknownProxy?.();
    }
    return address;
  };
  const limits = new AddressLimits({
    socketsMax: options.addressSocketsMax,
    perSecond: options.addressJoinsPerSecond,
    serverSocketsMax: options.socketsMax,
    nowMs,
  });
  const shared = { handler, log, origins, nowMs, serverNowMs, messageBurst, nextId, onReject, addressOf, limits };
  const polling = new PollingEndpoint(shared);
  const onGoodbye = guardCallback(log, "goodbye", options.onGoodbye ?? (() => {}), () => {});

  const handleRequest = (res: HttpResponse, req: HttpRequest): void => {
    const path = req.getUrl();
    if (path === POLL_PATH) polling.handleRequest(res, req);
    else if (path === WEB_SOCKET_PATH) refuseHandshake(res, req, shared);
    else handlePageRequest(res, req);
  };

  const handlePageRequest = (res: HttpResponse, req: HttpRequest): void => {
    const headers = readHeaders(req);
    const address = addressOf(res, headers);
    if (!limits.arrives(address)) cutOff(res, address);
    else if (req.getUrl() !== LEAVE_PATH) routeRequest(res, req, router);
    else handleGoodbye(res, { method: req.getMethod(), headers, address }, { origins, onReject, onGoodbye });
  };

  const cutOff = (res: HttpResponse, address: string): void => {
    onReject("address-arrivals", { kind: "http", address }, "too many connections or requests of one address");
    res.close();
  };

  const handleSocket = (res: HttpResponse, change: number): void => {
    listenSocket.count(change);
    if (change !== 1) return;
    const address = remoteAddress(res);
    // Nobody knows yet for whom a proxy speaks.
    if (!isTrustedProxy(address, options.trustedProxies) && !limits.connects(address)) cutOff(res, address);
  };

  const onSocketEnd = (): void => listenSocket.count(-1);
  app.ws<SocketData>(WEB_SOCKET_PATH, webSocketBehavior(engine, { ...shared, onSocketEnd }));
  app.any(
    "/*",
    guardCallback(log, "request", handleRequest, (res) => res.close()),
  );
  app.filter(guardCallback(log, "filter", handleSocket, () => {}));
  const listenSocket = new ListenSocket(engine, app, options, options.socketsMax);

  let isClosed = false;
  return {
    port: listenSocket.port,
    get sockets() {
      return listenSocket.sockets;
    },
    get isFull() {
      return listenSocket.isFull;
    },
    get unheardCount() {
      return polling.unheardCount;
    },
    sweep(now) {
      polling.sweep(now);
      listenSocket.reopen();
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      polling.close();
      listenSocket.close();
      app.close();
    },
  };
}

/** A request for the WebSocket path that the engine did not take for a handshake: say what it lacks. */
function refuseHandshake(
  res: HttpResponse,
  req: HttpRequest,
  { origins, onReject, addressOf }: Pick<PollingOptions, "origins" | "onReject" | "addressOf">,
): void {
  const headers = readHeaders(req);
  const verdict = judgeHandshake(req.getMethod(), headers, origins);
  const refusal = verdict.isAccepted
    ? ({ reason: "key", status: 400, text: "Sec-WebSocket-Key must be the base64 form of 16 bytes." } as const)
    : verdict.refusal;
  onReject(refusal.reason, { kind: "websocket", address: addressOf(res, headers) }, refusal.text);
  sendRefusal(res, refusal);
}
