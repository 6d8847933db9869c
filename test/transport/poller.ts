/** A polling client by plain fetch, one step at a time, and what it is answered. */
import { expect } from "vitest";
import { SUBPROTOCOL } from "../../proto/subprotocol.ts";
import { ByteWriter } from "../../proto/wire.ts";
import type { TestListener } from "./test-listener.ts";

export interface Answer {
  readonly status: number;
  readonly bytes: number[];
}

/** A polling client one step at a time. */
export class Poller {
  readonly key: string;
  readonly #url: string;
  sequence = 0;

  constructor(url: string, key: string) {
    this.#url = url;
    this.key = key;
  }

  poll({
    messages = [] as number[][],
    waitMs = 0,
    sequence = ++this.sequence,
    body = delimited(messages),
  } = {}): Promise<Answer> {
    return post(this.#url, {
      headers: { "shoal-connection": this.key, "shoal-sequence": String(sequence), "shoal-wait": String(waitMs) },
      body,
    });
  }
}

export async function post(
  url: string,
  { headers = {} as Record<string, string>, body = new Uint8Array(0) },
): Promise<Answer> {
  const response = await fetch(url, { method: "POST", headers, body });
  return { status: response.status, bytes: [...new Uint8Array(await response.arrayBuffer())] };
}

export async function openPoller({ port }: TestListener): Promise<Poller> {
  const url = `http://127.0.0.1:${port}/poll`;
  const { status, bytes } = await post(url, { headers: { "shoal-protocol": SUBPROTOCOL } });
  expect(status).toBe(200);
  return new Poller(url, text(bytes));
}

export function delimited(messages: number[][]): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter(64);
  for (const message of messages) {
    writer.reserve(message.length + 5);
    writer.varint(message.length);
    writer.copy(Uint8Array.from(message), 0, message.length);
  }
  return new Uint8Array(writer.bytes.subarray(0, writer.length));
}

export function text(bytes: number[]): string {
  return Buffer.from(bytes).toString();
}

export function farewell(code: number, reason: string): number[] {
  return [code >> 8, code & 0xff, ...Buffer.from(reason)];
}

export const EMPTY: Answer = { status: 200, bytes: [] };
