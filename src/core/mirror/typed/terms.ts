import type { Statements } from '../statements.ts';

/** A value that comes so often in a column gets a number. */
const often = 8;
/** Values of a column that are counted to learn which come often; a column with more of them has none, as a rule. */
const mostCounted = 32_768;
const mostTerms = 200_000;

/** Where it stands how often any were forgotten: no value has this number (`elsewhere` in `cell.ts`). */
const generationCode = 1;

type Counted = { seen: Map<string, number>; learns: boolean };

/** Values that come often, and the numbers that stand for them: negative, from -2 down. */
export class Terms {
  readonly #sql: Statements;
  readonly #codes = new Map<string, number>();
  readonly #values: unknown[] = [];
  readonly #columns = new Map<string, Counted>();
  #last = generationCode;
  #generation = '';

  constructor(sql: Statements) {
    this.#sql = sql;
  }

  /** How many there may be: codes are above `-size`. */
  get size(): number {
    return this.#last + 1;
  }

  /**
   * Takes up what another program has added, and all anew where any was forgotten: the number may be another value's by now.
   * Whoever reads codes, or learns, does so first, at one moment with that.
   */
  refresh(): void {
    const [first] = this.#sql.run('SELECT json FROM terms WHERE code = ?').all(generationCode) as {
      json: string;
    }[];
    const generation = first?.json ?? '';
    if (generation !== this.#generation) this.reset();
    this.#generation = generation;
    // One answer for all of them: there may be many, and each copy that is opened reads them.
    const { codes, jsons } = this.#sql
      .run(
        `SELECT json_group_array(code) AS codes, json_group_array(json) AS jsons
         FROM (SELECT code, json FROM terms WHERE code > ? ORDER BY code)`,
      )
      .get(this.#last) as { codes: string; jsons: string };
    const texts = JSON.parse(jsons) as string[];
    for (const [at, code] of (JSON.parse(codes) as number[]).entries()) this.#note(code, texts[at] ?? 'null');
  }

  /** Forgets values that no row has any more, by their codes; within a transaction. */
  forget(codes: readonly number[]): void {
    const forget = this.#sql.run('DELETE FROM terms WHERE code = ?');
    for (const code of codes) forget.run(-code);
    this.#sql
      .run('INSERT OR REPLACE INTO terms (code, json) VALUES (?, ?)')
      .run(generationCode, String(Number(this.#generation || 0) + 1));
    this.refresh();
  }

  /** Forgets all that is in memory, as what was learned in work that failed is not there. */
  reset(): void {
    this.#codes.clear();
    this.#values.length = 0;
    this.#last = generationCode;
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
  *all(): Generator<[code: number, value: unknown]> {
    for (let code = generationCode + 1; code <= this.#last; code += 1)
      if (code in this.#values) yield [-code, this.#values[code]];
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
