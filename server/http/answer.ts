/** Writes one HTTP answer. The only place that knows the order in which the engine wants its parts. */
import type { HttpResponse } from "../transport/engine.ts";

const TEXT = "text/plain; charset=utf-8";

const STATUS_LINES: ReadonlyMap<number, string> = new Map([
  [200, "200 OK"],
  [304, "304 Not Modified"],
  [400, "400 Bad Request"],
  [403, "403 Forbidden"],
  [404, "404 Not Found"],
  [405, "405 Method Not Allowed"],
  [409, "409 Conflict"],
  [410, "410 Gone"],
  [413, "413 Content Too Large"],
  [426, "426 Upgrade Required"],
  [429, "429 Too Many Requests"],
  [500, "500 Internal Server Error"],
  [503, "503 Service Unavailable"],
]);

export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string | Uint8Array;
  readonly headers?: readonly (readonly [name: string, value: string])[];
}

export function textAnswer(status: number, text: string, headers: Answer["headers"] = []): Answer {
  return { status, contentType: TEXT, body: `${text}\n`, headers };
}

/** "410 Gone" and the like; other numbers are sent bare, which HTTP allows. */
export function statusLine(status: number): string {
  return STATUS_LINES.get(status) ?? `${status} `;
}

/**
 * Answers and is done with `res`. `isHead`: headers only. `closeConnection`: for refused requests, whose unread rest
 * must not be taken for another request.
 */
export function sendAnswer(res: HttpResponse, answer: Answer, { isHead = false, closeConnection = false } = {}): void {
  res.cork(() => {
    res.writeStatus(statusLine(answer.status));
    res.writeHeader("Content-Type", answer.contentType);
    res.writeHeader("X-Content-Type-Options", "nosniff");
    res.writeHeader("Cache-Control", "no-store");
    for (const [name, value] of answer.headers ?? []) res.writeHeader(name, value);
    if (isHead) sendLengthOnly(res, Buffer.byteLength(answer.body));
    else res.end(answer.body, closeConnection);
  });
}

/** Ends an answer to HEAD. `endWithoutBody(length)` would do, but the engine then aborts the process as if unanswered. */
export function sendLengthOnly(res: HttpResponse, bytes: number): void {
  res.writeHeader("Content-Length", String(bytes));
  res.endWithoutBody();
}
