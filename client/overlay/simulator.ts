/**
 * Makes the page's connection as bad as somebody wants to see it, and keeps the server's truth beside it. What is already
 * connected when the overlay is first opened is left alone until it is needed: then it is cut, and comes back through
 * here.
 */
import type { Replica } from "../sync/index.ts";
import type { Conditions } from "../sync/link.ts";
import { TroubleControls, troubled } from "../sync/trouble.ts";
import type { PassThrough } from "./pass-through.ts";
import { Truth } from "./truth.ts";

export class Simulator {
  readonly #line: PassThrough;
  readonly #controls = new TroubleControls();
  readonly #truth = new Truth();
  /** The present connection goes through here. */
  #isInLine = false;
  #isListening = false;

  /** `now`: milliseconds, monotonic. */
  constructor(line: PassThrough, now: () => number) {
    this.#line = line;
    line.wrap((direct) => {
      const open = troubled(direct, {
        controls: this.#controls,
        now,
        onArrival: (bytes) => this.#isListening && this.#truth.hear(bytes, now()),
      });
      return (url, events) => {
        this.#isInLine = true;
        if (this.#isListening) this.#truth.restart();
        return open(url, events);
      };
    });
  }

  /** Undefined lets everything pass untouched. */
  get conditions(): Conditions | undefined {
    return this.#controls.conditions;
  }

  /** Throws RangeError on conditions under which nothing would ever arrive. */
  suffer(conditions: Conditions | undefined): void {
    this.#controls.set(conditions);
    if (conditions !== undefined && !this.#isInLine) this.#line.cut();
  }

  /** From the next connection on, the truth is followed. */
  listen(): void {
    this.#isListening = true;
  }

  /** Nobody asks for the truth any more; what is simulated goes on. */
  stopListening(): void {
    this.#isListening = false;
    this.#truth.stop();
  }

  /** Whose newest tick is the newest that the server told of. `shown`: the page's own replica, which is it without delays. */
  truth(shown: Replica): Replica | undefined {
    return this.#truth.replica ?? (this.conditions === undefined ? shown : undefined);
  }

  /** Makes the connection anew if the truth could not be told otherwise. */
  requireTruth(): void {
    if (this.conditions !== undefined && !this.#truth.isFollowing) this.#line.cut();
  }
}
