import type { Draft } from '../../../shared/change/change.ts';
import type { Refusal } from '../../../shared/change/checks.ts';

/** What a line comes to: changes to one user, none, or why it is refused. */
export type LineResult = {
  line: number;
  label: string;
  /** Of a user who is there. */
  id: string;
  refusal: Refusal | null;
  drafts: Draft[];
  /** The line whose change makes this one, too. */
  with?: number;
};

/** Where two lines are of one thing, both are refused, and both are named. */
export const refuseTwins = () => {
  const first = new Map<string, LineResult>();
  return (key: string, result: LineResult) => {
    const other = first.get(key);
    if (!other) {
      first.set(key, result);
      return;
    }
    if (other === result) return;
    for (const [one, twin] of [
      [result, other],
      [other, result],
    ] as const) {
      one.refusal ??= { guard: 'several-lines', about: `${twin.line}` };
      one.drafts = [];
    }
  };
};
