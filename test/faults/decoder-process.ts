/** Starts the processes that run parts of the product by themselves, with or without their defence. */
import { join } from "node:path";
import { endProcess, startPinned } from "../../bench/pinned.ts";
import type { Decoded, DecodeOrder } from "./decoder.ts";
import type { DefenceName } from "./defences.ts";
import type { Cleaned, CleanOrder } from "./text-cleaner.ts";

const DECODER = join(import.meta.dirname, "./decoder.ts");
const CLEANER = join(import.meta.dirname, "./text-cleaner.ts");
const WITHOUT = join(import.meta.dirname, "./without.ts");

interface Without {
  readonly without: DefenceName | undefined;
}

export function decodeMany({ without, ...order }: DecodeOrder & Without): Promise<Decoded> {
  return answerOf<Decoded>(DECODER, without, order);
}

export function cleanMany({ without, ...order }: CleanOrder & Without): Promise<Cleaned> {
  return answerOf<Cleaned>(CLEANER, without, order);
}

async function answerOf<Answer>(path: string, without: DefenceName | undefined, order: object): Promise<Answer> {
  const args = without === undefined ? [path] : ["--import", WITHOUT, path];
  const env: Record<string, string> = without === undefined ? {} : { FAULTS_WITHOUT: without };
  const child = startPinned({ args, cpus: undefined, env, stdio: ["ignore", "ignore", "inherit", "ipc"] });
  try {
    return await new Promise<Answer>((resolve, reject) => {
      // A checked border: each of the two answers once, with what its type says.
      child.once("message", (answer) => resolve(answer as Answer));
      child.once("exit", (code) => reject(new Error(`it ended with ${code} before its answer`)));
      child.send(order);
    });
  } finally {
    await endProcess(child);
  }
}
