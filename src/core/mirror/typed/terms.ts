import type { Statements } from '../statements.ts';

/** A value that comes so often in a column gets a number. */
const often = 8;
/** Values of a column that are counted to learn which come often; a column with more of them has none, as a rule. */
const mostCounted = 32_768;
const mostTerms = 200_000;

/** Where it stands how often any were forgotten: no value has this number (`elsewhere` in `cell.ts`). */
const generationCode = 1;

/** Codes and what they stand for, JSON lists of equal length. */
type Answered = { codes: string; jsons: string };

type Counted = { seen: Map<string, number>; learns: boolean };

/** Values that come often, and the numbers that stand for them: negative, from -2 down. */
export class Terms {
  readonly #sql: Statements;
  /** By JSON, of those before `#coded`: whoever reads needs none of it. */
  readonly #codes = new Map<string, number>();
  #coded = 0;
  /** Read, and not taken up. */
  readonly #answered: Answered[] = [];
  /** By code, as JSON: of all that there are few are asked for. */
  readonly #jsons: string[] = [];
  readonly #values = new Map<number, unknown>();
  readonly #columns = new Map<string, Counted>();
  #resets = 0;
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
    if (generation !== this.#generation) this.#clear();
    this.#generation = generation;
    // One answer for all of them: there may be many, and each copy that is opened reads them.
    const { last, ...more } = this.#sql
      .run(
        `SELECT max(code) AS last, json_group_array(code) AS codes, json_group_array(json) AS jsons
         FROM (SELECT code, json FROM terms WHERE code > ? ORDER BY code)`,
      )
      .get(this.#last) as Answered & { last: number | null };
    if (last === null) return;
    this.#answered.push(more);
    this.#last = last;
  }

  /** Takes up what was read: whoever reads columns without such values needs none of it. */
  #takeUp() {
    for (const { codes, jsons } of this.#answered.splice(0)) {
      const texts = JSON.parse(jsons) as string[];
      for (const [at, code] of (JSON.parse(codes) as number[]).entries())
        this.#jsons[code] = texts[at] ?? 'null';
    }
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
    this.#resets += 1;
    this.#clear();
  }

  /** How often that was: what is in memory by codes of before is not to be used. */
  get resets(): number {
    return this.#resets;
  }

  #clear(): void {
    this.#answered.length = 0;
    this.#codes.clear();
    this.#coded = 0;
    this.#jsons.length = 0;
    this.#values.clear();
    this.#last = generationCode;
  }

  valueOf(code: number): unknown {
    const known = this.#values.get(code);
    if (known !== undefined) return known;
    this.#takeUp();
    const json = this.#jsons[-code];
    if (json === undefined) return undefined;
    const value: unknown = JSON.parse(json);
    this.#values.set(code, value);
    return value;
  }

  /** Each with its code. */
  *all(): Generator<[code: number, value: unknown]> {
    this.#takeUp();
    for (let code = generationCode + 1; code <= this.#last; code += 1)
      if (this.#jsons[code] !== undefined) yield [-code, this.valueOf(-code)];
  }

  /** The code of a value that is known, by its JSON; null for any other. */
  known(json: string): number | null {
    this.#takeUp();
    for (; this.#coded < this.#jsons.length; this.#coded += 1) {
      const one = this.#jsons[this.#coded];
      if (one !== undefined) this.#codes.set(one, -this.#coded);
    }
    return this.#codes.get(json) ?? null;
  }

  /** The code of a value of a column, by its JSON: one that is known, came often by now, or is to be learned `atOnce`. */
  codeOf(column: string, json: string, atOnce: boolean): number | null {
    const known = this.known(json);
    if (known !== null) return known;
    if (!atOnce && !this.#isOften(column, json)) return null;
    if (this.#last >= mostTerms && !atOnce) return null;
    const { lastInsertRowid } = this.#sql
      .run('INSERT INTO terms (code, json) VALUES (?, ?)')
      .run(this.#last + 1, json);
    this.#last = Number(lastInsertRowid);
    this.#jsons[this.#last] = json;
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
