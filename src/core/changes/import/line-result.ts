import type { Draft } from '../../../shared/change/change.ts';
import type { Refusal } from '../../../shared/change/checks.ts';

/** What a line comes to: changes to one user or organization, none, or why it is refused. */
export type LineResult = {
  line: number;
  label: string;
  /** Of a user who is there, or of an organization. */
  id: string;
  /** What the line is of; absent: a user. */
  of?: 'organizations';
  refusal: Refusal | null;
  drafts: Draft[];
  /** The line whose change to an organization makes what this one says of it, too. */
  with?: number;
};

/** Refuses two lines that cannot both be meant; each names the other, and the `field` that they share, if it is one. */
export const refuseBoth = (one: LineResult, other: LineResult, field?: string): void => {
  for (const [result, twin] of [
    [one, other],
    [other, one],
  ] as const) {
    result.refusal ??= { guard: 'several-lines', about: field ? `${twin.line} ${field}` : `${twin.line}` };
    result.drafts = [];
  }
};

/** Where two lines are of one thing, both are refused, and both are named. */
export const refuseTwins = () => {
  const first = new Map<string, LineResult>();
  return (key: string, result: LineResult, field?: string) => {
    const other = first.get(key);
    if (!other) {
      first.set(key, result);
      return;
    }
    if (other !== result) refuseBoth(result, other, field);
  };
};

/** Why lines of an import are not done: their own reasons, and those of an organization that another line's change makes. */
export class LineReasons {
  readonly #own = new Map<number, string>();
  readonly #ofOrganization = new Map<number, string>();

  note(line: number, { resource }: { resource: string }, reason: string): void {
    this.#own.set(line, reason);
    if (resource === 'organizations') this.#ofOrganization.set(line, reason);
  }

  /** By line. `joined`: lines whose organization is made, or changed, by the change of another one, by that. */
  all(joined: ReadonlyMap<number, number>): Map<number, string> {
    const all = new Map(this.#own);
    for (const [line, by] of joined) {
      const reason = this.#ofOrganization.get(by);
      if (reason !== undefined && !all.has(line)) all.set(line, reason);
    }
    return all;
  }
}
