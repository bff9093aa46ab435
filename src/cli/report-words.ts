import type { HarvestReport, Lack } from '../core/harvest/report.ts';
import { isComplete } from '../shared/complete.ts';

/** Lacks that are told one by one; the manifest has more of them. */
const mostTold = 10;

/** What a report says of rows that it lacks, a part each; nothing where it lacks none. */
export const lackingParts = (report: HarvestReport): string[] => {
  const { expected, missing, unproven, unreadable, uncounted, joined } = report;
  return [
    ...(missing > 0 ? [`${missing} of ${expected} missing: counted by the server but never returned`] : []),
    ...(unproven > 0 ? [`up to ${unproven} may be missing: the list kept changing while it was read`] : []),
    ...(unreadable > 0
      ? [
          unreadable === 1
            ? '1 row could not be read: the server fails on it'
            : `${unreadable} rows could not be read: the server fails on them`,
        ]
      : []),
    ...(uncounted > 0
      ? ["not provable: the server's count did not come through (a proxy drops Total-Number)"]
      : []),
    ...(joined?.whole === false ? ['who belongs to what was not read completely'] : []),
  ];
};

/** What stands in the place of a row. */
export const unreadableText = '(could not be read: the server fails on it)';

const iso = (ms: number) => new Date(ms).toISOString();

const timeText = ({ time }: Lack): string[] => {
  if (!time) return [];
  const { from, to } = time;
  if (from !== null && to !== null)
    return [from === to ? `of ${iso(from)}` : `between ${iso(from)} and ${iso(to)}`];
  if (to !== null) return [`until ${iso(to)}`];
  return from === null ? [] : [`from ${iso(from)} on`];
};

const kinds: Readonly<Record<Lack['kind'], string>> = {
  missing: 'missing',
  unproven: 'not proved',
  unreadable: 'unreadable',
  uncounted: 'not counted',
};

/** Where rows lack, a line each. */
export const lackLines = ({ lacks }: HarvestReport): string[] => {
  const told = lacks
    .filter(({ parent, place, time }) => parent !== undefined || place !== undefined || time !== undefined)
    .slice(0, mostTold)
    .map((lack) => {
      const { kind, rows, parent, place } = lack;
      const where = [
        ...(place === undefined ? [] : [`row ${place + 1} of the list`]),
        ...timeText(lack),
        ...(parent ? [`in ${parent.name} (${parent.id})`] : []),
      ];
      const text = `  ${kinds[kind]}: ${rows === null ? '' : `${rows}, `}${where.join(', ')}`;
      return text.replace(/\p{C}/gu, '�');
    });
  const more = lacks.length - told.length;
  return told.length > 0 && more > 0 ? [...told, `  and ${more} more`] : told;
};

/** The known cause of a user that no answer can hold, and its cure. */
const cure =
  'A known cause is a name of more than 128 UTF-16 units, e.g. 65 emoji: PATCH /api/users/{id} with a shorter name cures it.';

/** What follows a summary that is not complete: where rows lack, what cures it, how to try again. */
export const lackingNotes = (report: HarvestReport, ofUsers: boolean, again: string): string[] =>
  isComplete(report)
    ? []
    : [...lackLines(report), ...(report.unreadable > 0 && ofUsers ? [cure] : []), again];
