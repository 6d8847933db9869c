/** Says what a long run is doing: one line that is redrawn on a terminal, a line for each step in a log. */

export interface ProgressOptions {
  write(text: string): void;
  isTerminal: boolean;
  nowMs(): number;
}

export class Progress {
  readonly #options: ProgressOptions;
  readonly #startMs: number;
  #label = "";

  constructor(options: ProgressOptions) {
    this.#options = options;
    this.#startMs = options.nowMs();
  }

  /** Begins a step; `share` of the whole, 0 to 1, lies behind. */
  step(label: string, share: number): void {
    const elapsedMs = this.#options.nowMs() - this.#startMs;
    // Before a tenth is done the rest is a guess that only misleads.
    const left = share > 0.1 ? `, about ${formatDuration((elapsedMs / share) * (1 - share))} left` : "";
    this.#label = `${String(Math.floor(share * 100)).padStart(3)} %  ${formatDuration(elapsedMs)}${left}  ${label}`;
    this.#options.write(this.#options.isTerminal ? `\r\x1b[K${this.#label}` : `${this.#label}\n`);
  }

  /** More about the step under way; on a terminal only. */
  detail(text: string): void {
    if (this.#options.isTerminal) this.#options.write(`\r\x1b[K${this.#label}: ${text}`);
  }

  /** A line that stays. */
  say(line: string): void {
    this.#options.write(this.#options.isTerminal ? `\r\x1b[K${line}\n` : `${line}\n`);
  }
}

export function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
