/** autocannon as this bench uses it: requests as fast as answers come, or one each beat. Knows nothing of what is asked. */
// autocannon: the load tool that everyone who benches HTTP on Node knows; through its programmatic API.
import autocannon from "autocannon";
import type { Poller } from "./poller.ts";

export interface Load {
  /** Ends after `seconds` of `run`. */
  readonly done: Promise<void>;
  /** Times from request to answer, ms; the caller may empty it where its window begins. */
  readonly latencyMs: number[];
  /** Down, as read from sockets: headers and all. */
  bytes: number;
  failures: number;
}

export interface LoadOptions {
  url: string;
  connections: number;
  seconds: number;
  /** GET with these headers, a new connection for each, expecting 101. */
  upgrade?: Record<string, string>;
  /** Makes the poller of each connection, which then does all the talking with POST. */
  createPoller?(): Poller;
  /** One request each so many ms and connection; 0 is as fast as answers come. */
  beatMs?: number;
}

/** The one private member that is touched: autocannon has no steady pace of its own, its rates come in bursts. */
interface PacedClient {
  _doRequest(): void;
}

export function startLoad(options: LoadOptions): Load {
  const { url, connections, seconds, upgrade, createPoller, beatMs = 0 } = options;
  const pollers: Poller[] = [];
  let settle: { resolve(): void; reject(error: unknown): void };
  const done = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject };
  });
  const load: Load = { done, latencyMs: [], bytes: 0, failures: 0 };
  const setupClient = (client: autocannon.Client): void => {
    if (beatMs > 0) pace(client as unknown as PacedClient, beatMs, (pollers.length / connections) * beatMs);
    if (upgrade !== undefined) countUpgrades(client, load);
    if (createPoller !== undefined) pollers.push(attachPoller(client, createPoller()));
  };
  const instance = autocannon(
    // The request that opened the connection may have waited behind all others: no time-outs while it is loaded.
    {
      url,
      connections,
      duration: seconds,
      sampleInt: 100,
      timeout: 30,
      headers: upgrade,
      setupClient,
      ...reconnect(upgrade),
    },
    (error: unknown, result) => {
      if (error) return settle.reject(error);
      load.failures += result.errors + result.non2xx + pollers.reduce((sum, poller) => sum + poller.failures, 0);
      settle.resolve();
    },
  );
  instance.on("response", (_client, _status, bytes, ms) => {
    load.latencyMs.push(ms);
    load.bytes += bytes;
  });
  return load;
}

/** Each upgraded connection is given up, and the next one made. */
function reconnect(upgrade: object | undefined): { reconnectRate?: number } {
  return upgrade === undefined ? {} : { reconnectRate: 1 };
}

/** autocannon forgets the answer that makes it reconnect, so the headers are counted as they come. */
function countUpgrades(client: autocannon.Client, load: Load): void {
  let askedMs = performance.now();
  client.on("headers", (headers) => {
    const nowMs = performance.now();
    if (statusOf(headers) === 101) load.latencyMs.push(nowMs - askedMs);
    else load.failures++;
    askedMs = nowMs;
  });
}

/** What is passed is the parser's whole information; the declaration says headers. */
function statusOf(info: object): number {
  return "statusCode" in info ? Number(info.statusCode) : 0;
}

function attachPoller(client: autocannon.Client, poller: Poller): Poller {
  client.setRequests([
    {
      method: "POST",
      path: "/poll",
      setupRequest: (request) => ({ ...request, ...poller.next() }),
      onResponse: (status, body) => poller.took(status, body),
    },
  ]);
  client.on("body", (chunk) => poller.saw(chunk));
  return poller;
}

/** Requests keep to a beat; one whose answer came late goes at once, and the beat stays. */
function pace(client: PacedClient, beatMs: number, offsetMs: number): void {
  const request = client._doRequest.bind(client);
  let dueMs = performance.now() + offsetMs;
  client._doRequest = () => {
    setTimeout(request, Math.max(0, dueMs - performance.now()));
    dueMs = Math.max(dueMs + beatMs, performance.now());
  };
}
