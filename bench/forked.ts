/** Runs a worker script in a process of its own, pinned, and waits for its result over IPC. */
import { endProcess, startPinned } from "./pinned.ts";

export interface ForkedOptions {
  path: string;
  args: readonly string[];
  cpus: string | undefined;
  timeoutMs: number;
  onProgress(text: string): void;
}

/** What the worker sends: `{ progress }` any number of times, then `{ result }`. Throws if it ends without one. */
export async function runForked<Result>({ path, args, cpus, timeoutMs, onProgress }: ForkedOptions): Promise<Result> {
  const child = startPinned({ args: [path, ...args], cpus, stdio: ["ignore", "ignore", "inherit", "ipc"] });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Result>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`no result within ${timeoutMs / 1000} s`)), timeoutMs);
      child.on("message", (message: { progress?: string; result?: Result }) => {
        if (message.progress !== undefined) onProgress(message.progress);
        if (message.result !== undefined) resolve(message.result);
      });
      child.once("exit", (code) => reject(new Error(`ended with ${code} before its result`)));
    });
  } finally {
    clearTimeout(timer);
    await endProcess(child);
  }
}
