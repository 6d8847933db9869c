/**
 * `npm start`: keeps one server process running (SPEC O2-O5). What stands in a loop without end cannot help itself, so this process
 * stands outside: it hears the server's heartbeat, kills what has fallen silent, and starts anew what has crashed. It
 * prints nothing while all is well, and knows nothing of the server but heartbeat.ts.
 */
import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { HEARTBEAT_MS, READY, SUPERVISED } from "./heartbeat.ts";
import { type Clock, systemClock } from "./loop.ts";
import { STOP_SIGNALS, watchNpm } from "./stop-signal.ts";

/** A server that is not heard for so many heartbeats in a row stands still. */
const SILENT_BEATS_MAX = 10;
/** So many before its first word: on a busy machine, or from a slow disk, loading its code takes long. */
const SILENT_START_BEATS_MAX = 60;
/** Waits before the first, second, ... start after a crash; the crash after the last of them is the end. */
const RESTART_DELAYS_MS = [0, 500, 1000, 2000];
/** Crashes that are longer ago are forgotten. */
const CRASHES_WITHIN_MS = 60_000;
/** What shells say of a process that a signal ended: 128 and the signal's number. */
const SIGNAL_CODES: Readonly<Record<string, number>> = {
  SIGHUP: 129,
  SIGINT: 130,
  SIGABRT: 134,
  SIGKILL: 137,
  SIGSEGV: 139,
  SIGTERM: 143,
};

/** What is needed of a child process. */
export interface ServerChild {
  kill(signal: NodeJS.Signals): unknown;
  on(event: "message", listener: (message: unknown) => void): unknown;
  once(event: "exit", listener: (code: number | null, signal: string | null) => void): unknown;
}

export interface SupervisorOptions {
  startServer(): ServerChild;
  clock: Clock;
  /** One line for the operator, when something went wrong. */
  say(words: string): void;
  /** The server has ended and is not started anew; called once. */
  onEnd(exitCode: number): void;
  /** Between two looks whether the server was heard; tests shorten it. */
  beatMs?: number;
}

export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #beatMs: number;
  #child: ServerChild | undefined;
  /** Whether the present process has been ready, and whether any has. */
  #isReady = false;
  #hasBeenReady = false;
  #isStopping = false;
  #isHeard = false;
  /** The present process has said something. */
  #hasSpoken = false;
  #silentBeats = 0;
  #startedMs = 0;
  /** What starts took that ended without a word: in it no crash is forgotten, or a server that never says one would be started for ever. */
  #silentStartsMs = 0;
  #crashesMs: number[] = [];
  #cancel = (): void => {};

  /** Starts the server. */
  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#beatMs = options.beatMs ?? HEARTBEAT_MS;
    this.#start();
  }

  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** Passes a signal to end on to the server, each time that it comes. */
  stop(signal: NodeJS.Signals): void {
    this.#isStopping = true;
    if (this.#child === undefined) this.#end(0);
    else this.#child.kill(signal);
  }

  #start(): void {
    const child = this.#options.startServer();
    this.#child = child;
    this.#startedMs = this.#options.clock.now();
    this.#isReady = false;
    this.#isHeard = false;
    this.#hasSpoken = false;
    this.#silentBeats = 0;
    child.on("message", (message) => {
      this.#isHeard = true;
      this.#hasSpoken = true;
      if (message !== READY) return;
      this.#isReady = true;
      this.#hasBeenReady = true;
    });
    child.once("exit", (code, signal) => this.#onExit(code, signal));
    this.#watch(child);
  }

  /** Looks are counted, not time: when this process was stopped, too, that is one look and no proof against the server. */
  #watch(child: ServerChild): void {
    this.#cancel = this.#options.clock.after(this.#beatMs, () => {
      this.#silentBeats = this.#isHeard ? 0 : this.#silentBeats + 1;
      this.#isHeard = false;
      const silentBeatsMax = this.#hasSpoken ? SILENT_BEATS_MAX : SILENT_START_BEATS_MAX;
      if (this.#silentBeats < silentBeatsMax) return this.#watch(child);
      const seconds = (silentBeatsMax * this.#beatMs) / 1000;
      this.#options.say(`the server has stood still for ${seconds} s and is killed`);
      child.kill("SIGKILL");
    });
  }

  #onExit(code: number | null, signal: string | null): void {
    this.#cancel();
    this.#child = undefined;
    const exitCode = code ?? SIGNAL_CODES[signal ?? ""] ?? 128;
    // 0: it was asked to end, by whomever.
    if (this.#isStopping || exitCode === 0) return this.#end(exitCode);
    // It has said why; another try would say the same.
    if (!this.#isReady && !this.#hasBeenReady && code !== null) return this.#end(exitCode);
    this.#restart(signal ?? `code ${code}`);
  }

  #restart(how: string): void {
    const { clock, say } = this.#options;
    if (!this.#hasSpoken) this.#silentStartsMs += clock.now() - this.#startedMs;
    const nowMs = clock.now() - this.#silentStartsMs;
    this.#crashesMs = this.#crashesMs.filter((atMs) => nowMs - atMs < CRASHES_WITHIN_MS);
    this.#crashesMs.push(nowMs);
    const crashes = this.#crashesMs.length;
    const delayMs = RESTART_DELAYS_MS[crashes - 1];
    if (delayMs === undefined) {
      say(
        `the server has ended with ${how}, the ${crashes}th time within ${CRASHES_WITHIN_MS / 1000} s: Shoal gives up`,
      );
      return this.#end(1);
    }
    say(`the server has ended with ${how} and is started anew`);
    this.#cancel = clock.after(delayMs, () => this.#start());
  }

  #end(exitCode: number): void {
    this.#cancel();
    this.#options.onEnd(exitCode);
  }
}

function forkServer(): ChildProcess {
  // npm is watched from here: the server's parent is this process.
  const { npm_lifecycle_event: _, ...env } = process.env;
  // A group of its own: Ctrl+C in a terminal reaches every process of the terminal's group, and the server would get the
  // signal twice, from there and from here, and take the second for impatience. On Windows it would be a window of its own.
  const detached = process.platform !== "win32";
  return fork(join(import.meta.dirname, "./main.ts"), [SUPERVISED], { detached, env });
}

if (import.meta.main) {
  const supervisor = new Supervisor({
    startServer: forkServer,
    clock: systemClock,
    say: (words) => console.error(`Shoal: ${words}`),
    onEnd: (exitCode) => process.exit(exitCode),
  });
  // Who reads its words may go; the server stays.
  process.stderr.on("error", () => {});
  for (const signal of STOP_SIGNALS) process.on(signal, () => supervisor.stop(signal));
  // Where a signal has ended both, this is no second one.
  watchNpm(() => {
    if (!supervisor.isStopping) supervisor.stop("SIGTERM");
  });
}
