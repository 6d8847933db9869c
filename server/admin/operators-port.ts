/**
 * The operators' own port: plain HTTP on Node's server, apart from the game's. Not the socket engine: that has one set of
 * limits for a process, and its sockets are counted against the players' (SPEC H29). So a flood of players cannot shut out
 * the operator, and nothing here is reachable where players are. Knows nothing of what the routes do.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { BugLog } from "../transport/guard.ts";
import { ListenError } from "../transport/listen-socket.ts";
import { type AccessRefusal, type AccessRules, bearerOf, judgeAccess } from "./access.ts";
import { OperatorSockets } from "./operator-sockets.ts";
import { TokenGuesses } from "./token-guesses.ts";

const BODY_BYTES_MAX = 4096;
/** Of header and body, ms. Nobody types them by hand. */
const REQUEST_MS_MAX = 5000;
const STATUS_TOO_MANY = 429;
/** Nothing read of an answer, ms. */
const IDLE_MS_MAX = 10_000;

export type Method = "GET" | "POST" | "DELETE";

export interface Reply {
  readonly status: number;
  readonly contentType?: string;
  /** Text as it is, anything else as JSON. */
  readonly body: string | object;
}

/** Answers a request. `body`: what came as JSON, undefined for a GET. Throws only by mistake. */
export type Handler = (query: URLSearchParams, body: unknown) => Reply | Promise<Reply>;

/** By path, then by method. */
export type Routes = Readonly<Record<string, Readonly<Partial<Record<Method, Handler>>>>>;

export interface OperatorsPortOptions {
  readonly access: AccessRules;
  /** 0: any free port. */
  readonly port: number;
  /** Nobody chose this port: if another process has it, any free one will do. */
  readonly isPortDefault: boolean;
  readonly routes: Routes;
  readonly log: BugLog;
  /** Monotonic clock, ms. */
  readonly nowMs: () => number;
  /** Told of what was refused before its route heard of it. `words` hold nothing that was sent. */
  readonly onRefuse: (address: string, words: string) => void;
}

export interface OperatorsPort {
  readonly port: number;
  /** Ends all requests. Twice is harmless. */
  close(): void;
}

/** Throws ListenError when the port cannot be had. */
export async function openOperatorsPort(options: OperatorsPortOptions): Promise<OperatorsPort> {
  const { host } = options.access;
  const guesses = new TokenGuesses(options.nowMs);
  const server = createServer(
    {
      headersTimeout: REQUEST_MS_MAX,
      requestTimeout: REQUEST_MS_MAX,
      keepAliveTimeout: IDLE_MS_MAX,
      connectionsCheckingInterval: 1000,
      maxHeaderSize: 8192,
    },
    (request, response) => void answer(request, response, options, guesses),
  );
  const sockets = new OperatorSockets();
  server.on("connection", (socket) => sockets.admit(socket));
  server.timeout = IDLE_MS_MAX;
  let error = await listenOn(server, options.port, host);
  if (error?.code === "EADDRINUSE" && options.isPortDefault) error = await listenOn(server, 0, host);
  if (error !== undefined)
    throw new ListenError({ host, port: options.port }, { host: "ADMIN_HOST", port: "ADMIN_PORT" });
  server.on("error", (fault) => options.log.error({ err: fault }, "the operators' port"));
  return {
    // A server that listens on a port has an address of this kind.
    port: (server.address() as AddressInfo).port,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Undefined once it listens. */
function listenOn(server: Server, port: number, host: string): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((done) => {
    server.once("error", done);
    server.listen({ host, port }, () => {
      server.off("error", done);
      done(undefined);
    });
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: OperatorsPortOptions,
  guesses: TokenGuesses,
): Promise<void> {
  try {
    send(request, response, await replyTo(request, response, options, guesses));
  } catch (error) {
    options.log.error({ err: error, path: request.url }, "bug: an operators' route failed");
    send(request, response, refusal(500, "internal error"));
  }
}

async function replyTo(
  request: IncomingMessage,
  response: ServerResponse,
  { access, routes, onRefuse }: OperatorsPortOptions,
  guesses: TokenGuesses,
): Promise<Reply> {
  // HEAD is answered as GET is; Node leaves the body out.
  const method = request.method === "HEAD" ? "GET" : request.method;
  const isWrite = method !== "GET";
  const address = request.socket.remoteAddress ?? "";
  const refused = judgeGuess(request, access, guesses) ?? judgeAccess(request.headers, isWrite, access);
  if (refused !== undefined) {
    if (refused.isGuess === true) guesses.noteFailure(address);
    if (refused.header !== undefined) response.setHeader(...refused.header);
    // Whoever was wrong that often begins with a new connection.
    if (refused.status === STATUS_TOO_MANY) response.shouldKeepAlive = false;
    onRefuse(address, refused.words);
    return refusal(refused.status, refused.words);
  }
  const [path, query] = (request.url ?? "").split("?", 2);
  const methods = Object.hasOwn(routes, path) ? routes[path] : undefined;
  if (methods === undefined) return refusal(404, `there is nothing here; there are ${Object.keys(routes).join(", ")}`);
  const handler = isMethod(method) ? methods[method] : undefined;
  if (handler === undefined) {
    response.setHeader("Allow", Object.keys(methods).join(", "));
    return refusal(405, `only ${Object.keys(methods).join(" and ")} here`);
  }
  if (!isWrite) return handler(new URLSearchParams(query), undefined);
  const text = await readBody(request);
  if (text === undefined) return refusal(413, `the body is larger than ${BODY_BYTES_MAX} bytes`);
  const body = parseJson(text);
  return body === undefined ? refusal(400, "the body is not JSON") : handler(new URLSearchParams(query), body);
}

/** Refuses a token unseen, right or wrong, of an address that was wrong too often: else guessing would go on. */
function judgeGuess(
  { headers, socket }: IncomingMessage,
  { token }: AccessRules,
  guesses: TokenGuesses,
): AccessRefusal | undefined {
  if (token === undefined || bearerOf(headers.authorization) === "") return undefined;
  const waitS = guesses.waitS(socket.remoteAddress ?? "");
  if (waitS === 0) return undefined;
  const words = `too many wrong tokens from your address; come back in ${waitS} s`;
  return { status: STATUS_TOO_MANY, words, header: ["Retry-After", String(waitS)] };
}

/** An answer that says why not. */
export function refusal(status: number, words: string): Reply {
  return { status, body: { error: words } };
}

function send(request: IncomingMessage, response: ServerResponse, { status, contentType, body }: Reply): void {
  const text = typeof body === "string" ? body : `${JSON.stringify(body)}\n`;
  response.writeHead(status, {
    "Content-Type": contentType ?? "application/json",
    "Content-Length": Buffer.byteLength(text),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    // A page that embeds an answer as an image or script reads nothing of it.
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    // What was not read of a body must not be taken for another request.
    ...(hasUnread(request) ? { Connection: "close" } : {}),
  });
  response.end(text);
}

/** Undefined if it is too large, or ends before its end. Not by iteration: that would cut the socket off, and with it the answer. */
function readBody(request: IncomingMessage): Promise<string | undefined> {
  return new Promise((done) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= BODY_BYTES_MAX) chunks.push(chunk);
      else {
        request.pause();
        done(undefined);
      }
    });
    request.once("end", () => done(Buffer.concat(chunks).toString()));
    request.once("close", () => done(undefined));
  });
}

/** Undefined if it is none, which no JSON text is. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function hasUnread({ complete, headers }: IncomingMessage): boolean {
  return !complete && (headers["transfer-encoding"] !== undefined || (headers["content-length"] ?? "0") !== "0");
}

function isMethod(method: string | undefined): method is Method {
  return method === "GET" || method === "POST" || method === "DELETE";
}
