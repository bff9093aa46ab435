import { faultyValue, type ValueFault } from '../../shared/conditions';
import type { ErrorValue } from '../../shared/errors';
import type { Reason } from '../../shared/reasons';
import { completionsAt, isLine, type LineMistake, parseLine } from '../../shared/search/line';

/** A search line that cannot be read, and its mistake; what an error says of it is told in its words. */
export type LineMistakeAt = Omit<LineMistake, 'reason'> & { line: string; reason: Reason | ErrorValue };

/** What is wrong with a text as a search line; null where it is words, or a line that can be read. */
export const mistakeIn = (text: string): LineMistakeAt | null => {
  if (!isLine(text)) return null;
  const { mistake } = parseLine(text);
  return mistake && { ...mistake, line: text };
};

/** A condition that was typed, `suspended: perhaps`, marked at its value. */
export const mistakeInTyped = (line: string, reason: LineMistakeAt['reason']): LineMistakeAt => {
  const [before = ''] = /^[^:]*:\s*/.exec(line) ?? [];
  return { line, column: before.length + 1, reason };
};

/** The same with a value that its column cannot have. */
export const faultInTyped = (line: string, value: string, fault: ValueFault): LineMistakeAt =>
  mistakeInTyped(line, faultyValue(fault, value));

/** What the core says of a search line that can be read: a name in it is nobody's; null for any other error. */
export const refusedIn = (line: string | undefined, error: ErrorValue): LineMistakeAt | null => {
  const { where, column } = error.detail;
  const isOfLine = error.code === 'query.invalid' && where === 'search' && column !== undefined;
  return line === undefined || !isOfLine ? null : { line, column, reason: error };
};

/** True for a mistake at the end of a line that is still being written: what can still be completed is not a mistake yet. */
export const isUnfinished = ({ line, column }: LineMistakeAt): boolean => {
  const { from, options } = completionsAt(line, line.length);
  return options.length > 0 && column > from;
};

/** The part of a line around its mistake, and how many characters of it stand before the mistake. */
export const around = ({ line, column }: LineMistakeAt, most = 60): { text: string; before: number } => {
  const at = Math.min(Math.max(0, column - 1), line.length);
  const from = Math.max(0, Math.min(at - Math.floor(most / 2), line.length - most));
  const cut = line.slice(from, from + most).replace(/\s/g, ' ');
  const start = from > 0 ? '…' : '';
  const end = from + most < line.length ? '…' : '';
  return { text: `${start}${cut}${end}`, before: at - from + start.length };
};
