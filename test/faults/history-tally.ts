/** What a search over many seeds adds up to, in lines: how far it is, what it ends with. Pure. */

/** One seed's minute. */
export interface SeedRun {
  readonly complaints: number;
  readonly heard: number;
  readonly resumed: number;
  /** What broke, by its name. */
  readonly broken: Readonly<Record<string, number>>;
}

export class HistoryTally {
  #seeds = 0;
  #complaints = 0;
  #heard = 0;
  #resumed = 0;
  readonly #broken = new Map<string, number>();

  get complaints(): number {
    return this.#complaints;
  }

  add({ complaints, heard, resumed, broken }: SeedRun): void {
    this.#seeds++;
    this.#complaints += complaints;
    this.#heard += heard;
    this.#resumed += resumed;
    for (const [what, count] of Object.entries(broken)) this.#broken.set(what, (this.#broken.get(what) ?? 0) + count);
  }

  /** `1,079 seeds, 0 complaints`. */
  get line(): string {
    return `${counted(this.#seeds, "seed")}, ${counted(this.#complaints, "complaint")}`;
  }

  /** The same, and what happened meanwhile. */
  get summary(): string {
    const broken = [...this.#broken].map(([what, count]) => `${what} ${grouped(count)}`).join(", ");
    const happened = `${counted(this.#heard, "line")} heard, ${counted(this.#resumed, "session")} resumed`;
    return `${this.line}; ${happened}; what broke: ${broken || "nothing"}`;
  }
}

function counted(count: number, what: string): string {
  return `${grouped(count)} ${what}${count === 1 ? "" : "s"}`;
}

function grouped(count: number): string {
  return count.toLocaleString("en");
}
