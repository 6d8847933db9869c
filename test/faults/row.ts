/** What a row is, and what it is given: servers, load and places that are cleaned up behind it, with or without its defence. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEFENCES, type DefenceName } from "./defences.ts";
import type { Figure } from "./figure.ts";
import { LoadProcess } from "./load-process.ts";
import { type ServerOptions, ServerProcess, type Ticks } from "./server-process.ts";

export interface Row {
  /** As in README.md's table. */
  readonly id: string;
  readonly title: string;
  /** What the machine lacks for it, in words; undefined if nothing. */
  whyNot?(): string | undefined;
  /** How its defence is taken away: then the same run must miss a figure. */
  readonly control: Control;
  /** Where a second defence holds figures of its own: each must be red. */
  readonly moreControls?: readonly Control[];
  /** Of rows that need more than ten. */
  readonly minutesMax?: number;
  run(context: Context): Promise<readonly Figure[]>;
}

/** A defence of `defences.ts`, or settings, or an entry of ours that does without; `words` complete "without ...". */
export interface Control {
  /**
   * Parts of the names of the figures that miss without it, or of the words with which the run fails: one of these must.
   * What else is missed may be the machine's noise.
   */
  readonly misses: readonly string[];
  readonly words?: string;
  readonly without?: DefenceName;
  readonly env?: Readonly<Record<string, string>>;
}

/** Of the rows in which a process ends and another goes on with its state. */
export const WITHOUT_STATE: Control = {
  words: "state on disk (no DATA_DIR)",
  env: { DATA_DIR: "" },
  misses: ["players who are another tadpole", "players who began anew"],
};

export interface ContextOptions {
  readonly bots: number;
  readonly rooms: number;
  readonly isShort: boolean;
  /** Asked for; undefined leaves it to the row. */
  readonly seconds: number | undefined;
  readonly serverCpus: string | undefined;
  readonly loadCpus: string | undefined;
  /** Set in the negative control. */
  readonly control: Control | undefined;
  onProgress(text: string): void;
}

const CALM_S = 5;
const SHORT_S = 0.5;
const SHORT_SECONDS_MAX = 3;
/** The real server with a game that can be told to misbehave. */
export const MISBEHAVING_SERVER = join(import.meta.dirname, "./misbehaving-server.ts");
/** Rooms of the load hold the bots, and guests of the row. */
const ROOM_CAPACITY = 300;
/** The load's bots come from 127.1.x.y. */
const LOAD_NETWORK = 1;
const SEED = 7;

export class Context {
  readonly options: ContextOptions;
  readonly #endings: (() => void | Promise<void>)[] = [];

  constructor(options: ContextOptions) {
    this.options = options;
  }

  get isControl(): boolean {
    return this.options.control !== undefined;
  }

  get isShort(): boolean {
    return this.options.isShort;
  }

  /** So many seconds, unless others are asked for or everything is short. */
  seconds(usual: number): number {
    return this.options.seconds ?? (this.isShort ? Math.min(usual, SHORT_SECONDS_MAX) : usual);
  }

  /** A count, a tenth of it if everything is short. */
  count(usual: number): number {
    return this.isShort ? Math.ceil(usual / 10) : usual;
  }

  say(text: string): void {
    this.options.onProgress(text);
  }

  async server(options: ServerOptions = {}): Promise<ServerProcess> {
    const { control, serverCpus: cpus } = this.options;
    const env = { ROOM_CAPACITY: String(ROOM_CAPACITY), ...options.env, ...control?.env };
    const server = await ServerProcess.start({ cpus, without: control?.without, ...options, env });
    this.onEnd(() => server.stop());
    return server;
  }

  /** The reference load; all of it is in when this resolves. */
  async load(server: ServerProcess, { bots = this.options.bots, ...more }: LoadOptions = {}): Promise<LoadProcess> {
    this.say(`${bots} bots join`);
    const { rooms, loadCpus: cpus } = this.options;
    const load = await LoadProcess.start(
      {
        host: more.host ?? server.host,
        port: more.port ?? server.ports.game,
        bots,
        rooms,
        firstIndex: more.firstIndex ?? 0,
        network: more.wrapper === undefined && more.port === undefined ? LOAD_NETWORK : undefined,
        joinsPerSecond: more.joinsPerSecond ?? 100,
        seed: SEED,
      },
      { cpus, wrapper: more.wrapper ?? [], without: more.without },
    );
    this.onEnd(() => load.stop());
    return load;
  }

  /** The undisturbed part that the rest of the run is compared with. */
  async calm(server: ServerProcess): Promise<Ticks> {
    this.say("undisturbed");
    await pause(this.isShort ? 200 : 1000);
    return this.ticksDuring(server, () => pause((this.isShort ? SHORT_S : CALM_S) * 1000));
  }

  async ticksDuring(server: ServerProcess, act: () => Promise<unknown>): Promise<Ticks> {
    server.startTicks();
    await act();
    return server.endTicks();
  }

  /** A folder that goes with the row. */
  folder(): string {
    const path = mkdtempSync(join(tmpdir(), "shoal-faults-"));
    this.onEnd(() => rmSync(path, { recursive: true, force: true }));
    return path;
  }

  /** Called when the row is over, the latest first, however it ends. */
  onEnd(end: () => void | Promise<void>): void {
    this.#endings.push(end);
  }

  async end(): Promise<void> {
    for (let end = this.#endings.pop(); end !== undefined; end = this.#endings.pop()) {
      try {
        await end();
      } catch (error) {
        this.say(`cleaning up: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
}

interface LoadOptions {
  readonly bots?: number;
  readonly firstIndex?: number;
  readonly joinsPerSecond?: number;
  /** Instead of the server's: a proxy's. */
  readonly host?: string;
  readonly port?: number;
  readonly wrapper?: readonly string[];
  readonly without?: DefenceName;
}

export function controlWords({ words, without }: Control): string {
  return words ?? (without === undefined ? "its defence" : DEFENCES[without].words);
}

export function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

/** Asks until it holds or the time is over; how long that took, NaN if it never did, ms. */
export async function msUntil(
  holds: () => boolean | Promise<boolean>,
  timeoutMs: number,
  stepMs = 20,
): Promise<number> {
  const startMs = performance.now();
  while (performance.now() - startMs < timeoutMs) {
    if (await holds()) return performance.now() - startMs;
    await pause(stepMs);
  }
  return Number.NaN;
}
