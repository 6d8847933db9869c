/**
 * Time that passes as fast as it can be computed: a clock, and timers in a heap. The same calls give the same order on every
 * machine. Knows nothing of who waits.
 */
import type { Timers } from "../../client/sync/timers.ts";

interface Due {
  readonly atMs: number;
  /** Of those at one time the one set first goes first. */
  readonly order: number;
  act: (() => void) | undefined;
}

export class VirtualTime {
  nowMs = 0;
  readonly now = () => this.nowMs;
  readonly timers: Timers = {
    set: (act, delayMs) => this.at(this.nowMs + Math.max(0, delayMs), act),
    // Left in the heap without effect: taking one out of the middle costs more than passing it.
    clear: (timer) => {
      if (isDue(timer)) timer.act = undefined;
    },
  };
  readonly #heap: Due[] = [];
  #orders = 0;

  /** Calls `act` at that time, or in the next turn if it is over; what it returns may be cleared. */
  at(atMs: number, act: () => void): unknown {
    const due: Due = { atMs: Math.max(atMs, this.nowMs), order: this.#orders++, act };
    this.#heap.push(due);
    this.#rise(this.#heap.length - 1);
    return due;
  }

  /** When the next timer fires; Infinity if none is set. */
  get nextMs(): number {
    while (this.#heap.length > 0 && this.#heap[0].act === undefined) this.#take();
    return this.#heap.length === 0 ? Number.POSITIVE_INFINITY : this.#heap[0].atMs;
  }

  /** Lets time pass to `untilMs`, timers at that very time included. */
  runUntil(untilMs: number): void {
    while (this.nextMs <= untilMs) {
      const { atMs, act } = this.#take();
      this.nowMs = atMs;
      act?.();
    }
    this.nowMs = untilMs;
  }

  #take(): Due {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last !== undefined && last !== first) {
      heap[0] = last;
      this.#sink();
    }
    return first;
  }

  #rise(from: number): void {
    const heap = this.#heap;
    for (let i = from; i > 0; ) {
      const parent = (i - 1) >> 1;
      if (isBefore(heap[parent], heap[i])) return;
      [heap[parent], heap[i]] = [heap[i], heap[parent]];
      i = parent;
    }
  }

  #sink(): void {
    const heap = this.#heap;
    for (let i = 0; ; ) {
      let next = i;
      for (const child of [2 * i + 1, 2 * i + 2]) {
        if (child < heap.length && isBefore(heap[child], heap[next])) next = child;
      }
      if (next === i) return;
      [heap[next], heap[i]] = [heap[i], heap[next]];
      i = next;
    }
  }
}

function isBefore(a: Due, b: Due): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}

function isDue(timer: unknown): timer is Due {
  return typeof timer === "object" && timer !== null && "act" in timer;
}
