/** Answers by which a level is judged, for each request that is under way. */
const answersEach = 4;
/** What more requests have to bring, as a share of what they would bring from a server that has nothing else to do. */
const worthwhile = 0.3;
/** The share of the pace that one request less has to keep. */
const kept = 0.97;
/** A level whose answers take this many times as long as they did is halved. */
const congested = 2;
/** Measurements of the held level between two trials at most: trials cost a little of the pace. */
const longestRest = 8;

/** `rate` in answers a ms, `latency` in ms. */
type Measured = { rate: number; latency: number };

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/**
 * How many requests are under way at once. It tries more of them and stays there when that brings more answers a second,
 * tries fewer and stays there when nothing is lost by it; when answers take twice as long as before, half as many keep going.
 */
export class Pace {
  readonly #clock: () => number;
  readonly #most: number;
  /** The level that is held: what was last found to be worth it, and what it brought when it was last measured. */
  #held: number;
  #brought: Measured | null = null;
  /** The level that is measured now: the held one, or a trial of another. */
  #level: number;
  #next: 'more' | 'fewer' = 'more';
  /** Until more did not pay for the first time, twice as many are tried. */
  #doubling = true;
  /** Measurements of the held level before the next trial; longer with each trial that changed nothing. */
  #rest = 0;
  #rested = 0;
  /** Answers to come that belong to requests of the level before. */
  #settling = 0;
  #times: number[] = [];
  #since: number;

  /** `most`: requests at once that are never exceeded. `clock` in ms. */
  constructor(clock: () => number, most: number, level = 2) {
    this.#clock = clock;
    this.#most = most;
    this.#held = Math.min(level, most);
    this.#level = this.#held;
    this.#since = clock();
  }

  get level(): number {
    return this.#level;
  }

  /** An answer came, `ms` after it was asked for. */
  answered(ms: number) {
    if (this.#settling > 0) {
      this.#settling -= 1;
      this.#since = this.#clock();
      return;
    }
    this.#times.push(ms);
    if (this.#times.length < this.#level * answersEach) return;
    const now = this.#clock();
    const rate = this.#times.length / Math.max(1, now - this.#since);
    const measured = { rate, latency: median(this.#times) };
    this.#times = [];
    this.#since = now;
    if (this.#level === this.#held) this.#judgeHeld(measured);
    else this.#judgeTrial(measured);
  }

  #go(level: number) {
    this.#settling = this.#level;
    this.#level = Math.max(1, Math.min(this.#most, level));
  }

  /** Measures the level beside the held one, on the side whose turn it is. */
  #try() {
    if (this.#held === 1) this.#next = 'more';
    if (this.#held === this.#most) this.#next = 'fewer';
    if (this.#next === 'fewer') this.#go(this.#held - 1);
    else this.#go(this.#doubling ? this.#held * 2 : this.#held + 1);
  }

  #judgeHeld(measured: Measured) {
    const { latency } = this.#brought ?? measured;
    this.#brought = measured;
    this.#rested += 1;
    const changed = measured.latency / latency;
    if (changed > congested || changed < 1 / congested) this.#rest = 0;
    if (changed < 1 / congested) this.#doubling = true;
    if (changed > congested) {
      this.#brought = null;
      this.#doubling = false;
      this.#go(Math.floor(this.#held / 2));
      this.#held = this.#level;
    } else if (this.#rested >= this.#rest) this.#try();
  }

  #judgeTrial(measured: Measured) {
    const more = this.#level > this.#held;
    const wanted = more ? 1 + worthwhile * (this.#level / this.#held - 1) : kept;
    if (measured.rate >= (this.#brought?.rate ?? 0) * wanted) {
      this.#held = this.#level;
      this.#brought = measured;
      this.#rest = 0;
      return this.#try();
    }
    if (more) this.#doubling = false;
    this.#next = more ? 'fewer' : 'more';
    this.#rest = Math.min(longestRest, Math.max(1, this.#rest * 2));
    this.#rested = 0;
    this.#go(this.#held);
  }
}
