/** Many measured numbers, and what they say together. */

export class Samples {
  readonly #values: number[] = [];
  #isSorted = true;

  add(value: number): void {
    this.#values.push(value);
    this.#isSorted = false;
  }

  get count(): number {
    return this.#values.length;
  }

  /** The value that this share of all is not above, nearest rank; NaN without samples. */
  quantile(share: number): number {
    if (!this.#isSorted) this.#values.sort((a, b) => a - b);
    this.#isSorted = true;
    const rank = Math.ceil(share * this.#values.length);
    return this.#values[Math.max(0, rank - 1)] ?? Number.NaN;
  }

  /** Share of all that is above `value`; NaN without samples. */
  shareAbove(value: number): number {
    return this.#values.filter((one) => one > value).length / this.#values.length;
  }

  get max(): number {
    return this.quantile(1);
  }
}
