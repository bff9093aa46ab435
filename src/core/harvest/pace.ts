/** How many requests are under way at once: climbs while more of them bring more rows a second, and comes back down. */
export class Pace {
  readonly #clock: () => number;
  readonly #most: number;
  #level: number;
  #step = 1;
  #rows = 0;
  #answers = 0;
  #since: number;
  #lastRate = 0;

  /** `most`: requests at once that are never exceeded. `clock` in ms. */
  constructor(clock: () => number, most: number, level = 2) {
    this.#clock = clock;
    this.#most = most;
    this.#level = Math.min(level, most);
    this.#since = clock();
  }

  get level(): number {
    return this.#level;
  }

  /** An answer came with so many rows. A level is judged by the rows a second of a few answers for each request. */
  answered(rows: number) {
    this.#rows += rows;
    this.#answers += 1;
    if (this.#answers < this.#level * 4) return;
    const now = this.#clock();
    const rate = this.#rows / Math.max(1, now - this.#since);
    // Nothing gained by the last step, or latency rose: the other way.
    if (this.#lastRate > 0 && rate < this.#lastRate * 1.03) this.#step = -this.#step;
    this.#level = Math.max(1, Math.min(this.#most, this.#level + this.#step));
    this.#lastRate = rate;
    this.#rows = 0;
    this.#answers = 0;
    this.#since = now;
  }
}
