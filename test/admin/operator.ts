/** An operator at a whole server: the app on free ports, its log lines, and requests with any header. */
import { request } from "node:http";
import { onTestFinished } from "vitest";
import { type App, startApp } from "../../server/app.ts";
import { readConfig } from "../../server/config.ts";
import { createLog } from "../../server/log.ts";
import { type Clock, systemClock } from "../../server/loop.ts";

export interface Answered {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
  /** The body, if it is JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: whatever the server says, tests compare it.
  readonly json: any;
}

export interface Server {
  readonly app: App;
  /** All that was logged, from trace upwards. */
  readonly lines: string[];
  /** Asks the operators' port. `body` is sent as JSON unless it is text. */
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answered>;
}

/** Closes when the test is over, or with `atEnd`. */
export async function serve(
  env: Record<string, string> = {},
  atEnd: (close: () => Promise<void>) => void = onTestFinished,
  clock: Clock = systemClock,
): Promise<Server> {
  const result = readConfig({ PORT: "0", SEED: "1", ...env }, { seed: 1 });
  if ("errors" in result) throw new Error(result.errors.join());
  const lines: string[] = [];
  const log = await createLog("trace", { write: (line) => lines.push(line) });
  const app = await startApp({ config: result.config, log, clock });
  atEnd(() => app.close());
  return { app, lines, ask: (method, path, body, headers) => ask(app.adminPort, method, path, body, headers) };
}

export function ask(
  port: number,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answered> {
  const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
  const type =
    text === undefined ? {} : { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(text) };
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, method, path, headers: { ...type, ...headers } }, (response) => {
      let received = "";
      response.setEncoding("utf8").on("data", (chunk) => {
        received += chunk;
      });
      response.once("end", () => {
        const { statusCode: status = 0, headers } = response;
        resolve({ status, headers, text: received, json: parsed(received) });
      });
    });
    sent.once("error", reject);
    sent.end(text);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
