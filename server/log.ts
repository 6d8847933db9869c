/**
 * Structured logs, and the limit that keeps a flood of bad input from becoming a flood of lines. The game never waits
 * for a log: lines that standard output does not take, or not in time, are dropped and counted.
 */
import pino, { type DestinationStream, type Logger } from "pino";
import type { LogLevel } from "./config.ts";

export type { Logger } from "pino";

/** Bytes of lines that may wait for standard output before further lines are dropped. */
const BACKLOG_BYTES_MAX = 1 << 20;

/** Fields whose values never reach a log (threat T3). No line of ours has them; a line written in a hurry may. */
const SECRETS = ["token", "authToken", "resumeToken", "authorization", "secret", "authSecret"];

/** What is needed of standard output. */
export interface Output {
  readonly writable: boolean;
  readonly writableLength: number;
  write(text: string, done: (error?: Error | null) => void): unknown;
  on(event: "error", listener: () => void): unknown;
}

export interface LogSink extends DestinationStream {
  /** Lines lost because the reader of standard output is gone or too slow, or the disk full; without those cut in two. */
  readonly droppedLines: number;
}

/**
 * Standard output as the destination of log lines: no slow reader delays a tick or the exit, and no error ends the
 * process. (pino's own destination was tried: its writes run in the thread pool, which a process waits for on exit.)
 */
export function openStandardOutput(output: Output = process.stdout): LogSink {
  let droppedLines = 0;
  /**
   * The last line on the disk may have been written in part: it is the one before the first that failed. Node's stream writes a file
   * once and hides that it took less than the whole, so a line cut in two is not counted, and if there is room again for the very next
   * one, that one stands on the same line.
   */
  let isCut = false;
  const noteWritten = (error?: Error | null): void => {
    if (!error) return;
    droppedLines++;
    isCut = true;
  };
  // A closed pipe refuses what follows, a full disk takes lines again when it has room; both are counted.
  output.on("error", () => {});
  return {
    write(line) {
      if (!output.writable || output.writableLength >= BACKLOG_BYTES_MAX) {
        droppedLines++;
        return;
      }
      const whole = isCut ? `\n${line}` : line;
      isCut = false;
      output.write(whole, noteWritten);
    },
    get droppedLines() {
      return droppedLines;
    },
  };
}

/** One JSON object a line; easy to read instead where a person watches and pino-pretty is installed. */
export async function createLog(level: LogLevel, sink: DestinationStream = openStandardOutput()): Promise<Logger> {
  const pretty = process.stdout.isTTY ? await prettyOutput() : undefined;
  const paths = SECRETS.flatMap((name) => [name, `*.${name}`]);
  return pino({ level, base: undefined, redact: { paths, censor: "(secret)" } }, pretty ?? sink);
}

/** pino-pretty serves development only, so an installation may lack it. */
async function prettyOutput(): Promise<DestinationStream | undefined> {
  try {
    const { default: pretty } = await import("pino-pretty");
    return pretty({ colorize: true, sync: true });
  } catch {
    return undefined;
  }
}
