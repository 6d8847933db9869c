/** The server below `npm run dev`: a process that can be started anew at any time, whatever state it is in. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

const MAIN = join(import.meta.dirname, "../main.ts");
/** An edit may have made a loop without end, which hears no signal: such a process is killed, ms. */
const PATIENCE_MS = 2000;

export interface ServerProcessOptions {
  /** Added to the environment of this process. */
  readonly env: Readonly<Record<string, string>>;
  /** It answers requests now: after the first start and after every other. */
  onReady(): void;
  /** It has ended by itself; its own words are on the terminal. `restart` tries again. */
  onFailure(): void;
}

export class ServerProcess {
  readonly #options: ServerProcessOptions;
  #child: ChildProcess | undefined;
  #isReady = false;
  #isRestarting = false;
  /** Set by `stop`. */
  #onStopped: (() => void) | undefined;

  constructor(options: ServerProcessOptions) {
    this.#options = options;
    this.#start();
    // However this process ends: Vite ends it, for one, when the terminal is gone.
    process.once("exit", () => this.#child?.kill());
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  /** Ends the process if there is one and starts it from the files as they are then; many calls in a row are one. */
  restart(): void {
    if (this.#onStopped !== undefined) return;
    if (this.#child === undefined) return this.#start();
    if (this.#isRestarting) return;
    this.#isRestarting = true;
    this.#end(this.#child);
  }

  /** Resolves when the process is gone. Call it once. */
  stop(): Promise<void> {
    return new Promise((done) => {
      this.#onStopped = done;
      if (this.#child === undefined) done();
      else this.#end(this.#child);
    });
  }

  #start(): void {
    const child = spawn(process.execPath, [MAIN, "--below-dev"], {
      env: { ...process.env, ...this.#options.env },
      stdio: ["inherit", "inherit", "inherit", "ipc"],
    });
    child.once("message", () => {
      this.#isReady = true;
      this.#options.onReady();
    });
    child.once("exit", () => this.#onExit());
    this.#child = child;
  }

  #end(child: ChildProcess): void {
    this.#isReady = false;
    child.kill();
    const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
    child.once("exit", () => clearTimeout(timer));
  }

  #onExit(): void {
    this.#child = undefined;
    this.#isReady = false;
    const isRestarting = this.#isRestarting;
    this.#isRestarting = false;
    if (this.#onStopped !== undefined) this.#onStopped();
    else if (isRestarting) this.#start();
    else this.#options.onFailure();
  }
}
