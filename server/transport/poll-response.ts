/** One answer owed to a poll or a goodbye. Safe to use whenever: after the client went away it does nothing. Knows nothing of their meaning. */
import { type Answer, sendAnswer } from "../http/answer.ts";
import type { HttpResponse } from "./engine.ts";
import { type Peer, type Refusal, sendRefusal } from "./refusal.ts";

type Headers = NonNullable<Answer["headers"]>;

export class PollResponse {
  /** Who asked. */
  readonly peer: Peer;
  #res: HttpResponse | null;
  readonly #headers: Headers;
  /** Called if the client goes away before the answer. */
  onAborted: () => void = () => {};

  /** `origin`: the page that may read the answer, if it is allowed to; browsers keep answers from other origins' pages. */
  constructor(res: HttpResponse, peer: Peer, origin: string | undefined) {
    this.#res = res;
    this.peer = peer;
    this.#headers =
      origin === undefined
        ? []
        : [
            ["Access-Control-Allow-Origin", origin],
            ["Access-Control-Expose-Headers", "Retry-After"],
            ["Vary", "Origin"],
          ];
    res.onAborted(() => {
      this.#res = null;
      this.onAborted();
    });
  }

  /** The bytes are copied or written before this returns. */
  sendBytes(status: number, body: Uint8Array): void {
    this.#end((res) =>
      sendAnswer(res, { status, contentType: "application/octet-stream", body, headers: this.#headers }),
    );
  }

  sendText(status: number, text: string, headers: Headers = []): void {
    const all = [...this.#headers, ...headers];
    this.#end((res) => sendAnswer(res, { status, contentType: "text/plain; charset=utf-8", body: text, headers: all }));
  }

  refuse(refusal: Refusal): void {
    this.#end((res) => sendRefusal(res, refusal, this.#headers));
  }

  #end(send: (res: HttpResponse) => void): void {
    const res = this.#res;
    this.#res = null;
    if (res !== null) send(res);
  }
}
