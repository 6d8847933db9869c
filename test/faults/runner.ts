/** Carries out a row and its negative control, each in a context of its own, and says what came of it. */
import { type Figure, verdictOf } from "./figure.ts";
import type { FaultOptions } from "./options.ts";
import { Context, type Control, controlWords, type Row } from "./row.ts";
import { type ControlResult, firstMissed, joinControls, type RowResult } from "./table.ts";

const BOTS = 500;
const SHORT_BOTS = 40;
const ROOMS = 10;
const SHORT_ROOMS = 2;
const FAILURE_CHARS_MAX = 160;
/** A row that stands still must not keep the others from their turn. */
const ROW_MINUTES_MAX = 10;

type Settings = Pick<
  FaultOptions,
  "bots" | "short" | "seconds" | "serverCpus" | "loadCpus" | "runsRows" | "runsControls"
>;

export class RowRunner {
  readonly #settings: Settings;
  readonly #onProgress: (text: string) => void;
  #context: Context | undefined;

  constructor(settings: Settings, onProgress: (text: string) => void) {
    this.#settings = settings;
    this.#onProgress = onProgress;
  }

  async run(row: Row): Promise<RowResult> {
    const { id, title } = row;
    const startMs = performance.now();
    const done = (rest: Pick<RowResult, "verdict" | "why" | "figures" | "control">): RowResult => {
      const seconds = Math.round((performance.now() - startMs) / 1000);
      return { id, title, ...rest, seconds, bots: this.#bots };
    };
    const lacks = row.whyNot?.();
    if (lacks !== undefined) return done({ verdict: "not possible here", why: lacks, figures: [], control: undefined });
    const { runsRows, runsControls } = this.#settings;
    const { figures, failure } = runsRows ? await this.#try(row, undefined) : { figures: [], failure: "" };
    const control = runsControls ? await this.#tryControl(row) : undefined;
    const verdict = runsRows && failure === "" ? verdictOf(figures) : "missed";
    if (!runsRows) return done({ verdict: control?.isRed ? "met" : "missed", why: "control only", figures, control });
    return done({ verdict, why: failure, figures, control });
  }

  get #bots(): number {
    return this.#settings.bots ?? (this.#settings.short ? SHORT_BOTS : BOTS);
  }

  /** Ends what runs, and what it has started. */
  async stop(): Promise<void> {
    await this.#context?.end();
  }

  async #tryControl(row: Row): Promise<ControlResult> {
    const results: ControlResult[] = [];
    for (const control of [row.control, ...(row.moreControls ?? [])]) {
      const { figures, failure } = await this.#try(row, control);
      results.push({ without: controlWords(control), ...controlVerdict(control, figures, failure) });
    }
    return joinControls(results);
  }

  async #try(row: Row, control: Control | undefined) {
    const { short, seconds, serverCpus, loadCpus } = this.#settings;
    const label = control === undefined ? row.id : `${row.id} without ${controlWords(control)}`;
    const context = new Context({
      bots: this.#bots,
      rooms: short ? SHORT_ROOMS : ROOMS,
      isShort: short,
      seconds,
      serverCpus,
      loadCpus,
      control,
      onProgress: (text) => this.#onProgress(`${label}: ${text}`),
    });
    this.#context = context;
    context.say("begins");
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const minutes = (row.minutesMax ?? ROW_MINUTES_MAX) + (seconds ?? 0) / 60;
      timer = setTimeout(() => reject(new Error(`not over after ${minutes} min`)), minutes * 60_000);
    });
    try {
      return { figures: await Promise.race([row.run(context), late]), failure: "" };
    } catch (error) {
      return { figures: [], failure: inWords(error) };
    } finally {
      clearTimeout(timer);
      await context.end();
    }
  }
}

/** A control that could not be carried out has shown nothing, unless what it took away is why. */
export function controlVerdict({ misses }: Control, figures: readonly Figure[], failure: string) {
  const isNamed = (words: string) => misses.some((part) => words.includes(part));
  if (failure !== "") return { isRed: isNamed(failure), seen: failure };
  const seen = firstMissed(figures.filter(({ name }) => isNamed(name)));
  return { isRed: seen !== "", seen };
}

/** Some errors quote what came over the line. */
function inWords(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/[^ -~]+/g, " ").slice(0, FAILURE_CHARS_MAX);
}
