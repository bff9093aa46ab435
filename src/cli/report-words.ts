import type { HarvestReport, Lack } from '../core/harvest/report.ts';
import { canBringMore, isComplete } from '../shared/complete.ts';
import { onOneLine } from '../shared/shown.ts';
import { say } from './words.ts';

/** Lacks that are told one by one; the manifest has more of them. */
const mostTold = 10;

const mostNames = 4;

/** The columns that were not read completely, and of which roles or organizations. */
const unjoinedParts = ({ lacks = [] }: NonNullable<HarvestReport['joined']>): string[] => {
  if (lacks.length === 0) return [say('lacks.notJoined')];
  return lacks.map(({ column, of }) => {
    if (of.length === 0) return say('lacks.notJoinedColumn', { column });
    const more = of.length > mostNames ? [say('lacks.more', { count: of.length - mostNames })] : [];
    return say('lacks.notJoinedOf', { column, names: [...of.slice(0, mostNames), ...more].join(', ') });
  });
};

/** What a report says of rows that it lacks, a part each; nothing where it lacks none. */
export const lackingParts = (report: HarvestReport): string[] => {
  const { expected, missing, unproven, unreadable, uncounted, joined } = report;
  return [
    ...(missing > 0 ? [say('lacks.missing', { count: missing, of: expected ?? '?' })] : []),
    ...(unproven > 0 ? [say('lacks.unproven', { count: unproven })] : []),
    ...(unreadable > 0 ? [say('lacks.unreadable', { count: unreadable })] : []),
    ...(uncounted > 0 ? [say('lacks.uncounted')] : []),
    ...(joined?.whole === false ? unjoinedParts(joined) : []),
  ];
};

const iso = (ms: number) => new Date(ms).toISOString();

const timeText = ({ time }: Lack): string[] => {
  if (!time) return [];
  const { from, to } = time;
  if (from !== null && to !== null)
    return [
      from === to
        ? say('lacks.of', { time: iso(from) })
        : say('lacks.between', { from: iso(from), to: iso(to) }),
    ];
  if (to !== null) return [say('lacks.until', { time: iso(to) })];
  return from === null ? [] : [say('lacks.since', { time: iso(from) })];
};

/** Where rows lack, a line each. */
export const lackLines = ({ lacks }: HarvestReport): string[] => {
  const told = lacks
    .filter(({ parent, place, time }) => parent !== undefined || place !== undefined || time !== undefined)
    .slice(0, mostTold)
    .map((lack) => {
      const { kind, rows, parent, place } = lack;
      const where = [
        ...(place === undefined ? [] : [say('lacks.at', { place: place + 1 })]),
        ...timeText(lack),
        ...(parent ? [say('lacks.in', parent)] : []),
      ];
      const text = `  ${say(`lacks.kinds.${kind}`)}: ${rows === null ? '' : `${rows}, `}${where.join(', ')}`;
      return onOneLine(text);
    });
  const more = lacks.length - told.length;
  return told.length > 0 && more > 0 ? [...told, `  ${say('lacks.more', { count: more })}`] : told;
};

/** What follows a summary that is not complete: where rows lack, what fixes it, how to try again. */
export const lackingNotes = (report: HarvestReport, ofUsers: boolean, again: string): string[] =>
  isComplete(report)
    ? []
    : [
        ...lackLines(report),
        ...(report.unreadable > 0 && ofUsers ? [say('lacks.cause')] : []),
        ...(canBringMore(report) ? [again] : []),
      ];
