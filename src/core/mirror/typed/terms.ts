import type { Statements } from '../statements.ts';

/** A value that comes so often in a column gets a number. */
const often = 8;
/** Values of a column that are counted to learn which come often; a column with more of them has none, as a rule. */
const mostCounted = 32_768;
const mostTerms = 200_000;

type Counted = { seen: Map<string, number>; learns: boolean };

/** Values that come often, and the numbers that stand for them: negative, from -2 down. */
export class Terms {
  readonly #sql: Statements;
  readonly #codes = new Map<string, number>();
  readonly #values: unknown[] = [];
  readonly #columns = new Map<string, Counted>();
  #last = 1;

  constructor(sql: Statements) {
    this.#sql = sql;
  }

  /** How many there may be: codes are above `-size`. */
  get size(): number {
    return this.#last + 1;
  }

  /** Takes up what another program has added; whoever reads codes, or learns, does so first. */
  refresh(): void {
    const found = this.#sql
      .run('SELECT code, json FROM terms WHERE code > ? ORDER BY code')
      .all(this.#last) as {
      code: number;
      json: string;
    }[];
    for (const { code, json } of found) this.#note(code, json);
  }

  /** Forgets all, as what was learned in work that failed is not there. */
  reset(): void {
    this.#codes.clear();
    this.#values.length = 0;
    this.#last = 1;
  }

  #note(code: number, json: string) {
    this.#codes.set(json, -code);
    this.#values[code] = JSON.parse(json);
    this.#last = code;
  }

  valueOf(code: number): unknown {
    return this.#values[-code];
  }

  /** Each with its code. */
  *texts(): Generator<[code: number, text: string]> {
    for (let code = 2; code <= this.#last; code += 1) {
      const value = this.#values[code];
      if (typeof value === 'string') yield [-code, value];
    }
  }

  /** The code of a value that is known, by its JSON; null for any other. */
  known(json: string): number | null {
    return this.#codes.get(json) ?? null;
  }

  /** The code of a value of a column, by its JSON: one that is known, came often by now, or is to be learned `atOnce`. */
  codeOf(column: string, json: string, atOnce: boolean): number | null {
    const known = this.#codes.get(json);
    if (known !== undefined) return known;
    if (!atOnce && !this.#isOften(column, json)) return null;
    if (this.#last >= mostTerms && !atOnce) return null;
    const { lastInsertRowid } = this.#sql
      .run('INSERT INTO terms (code, json) VALUES (?, ?)')
      .run(this.#last + 1, json);
    this.#note(Number(lastInsertRowid), json);
    return -this.#last;
  }

  #isOften(column: string, json: string): boolean {
    const counted = this.#columns.get(column) ?? { seen: new Map(), learns: true };
    this.#columns.set(column, counted);
    if (!counted.learns) return false;
    const count = (counted.seen.get(json) ?? 0) + 1;
    counted.seen.set(json, count);
    if (count >= often) counted.seen.delete(json);
    if (counted.seen.size > mostCounted) {
      counted.learns = false;
      counted.seen.clear();
    }
    return count >= often;
  }
}
