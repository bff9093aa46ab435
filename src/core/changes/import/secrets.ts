import { dirname, join, win32 } from 'node:path';
import type { SecretRef } from '../../../shared/change/change.ts';
import { DeskError } from '../../../shared/errors.ts';
import { openImport } from './file.ts';
import type { Cell } from './line.ts';

export type FileSecret = Extract<SecretRef, { secret: 'file' }>;
/** The file that a plan's secrets are in, as the plan has it. */
export type SecretSource = { sha256: string; sheet?: string | null };

/** Where the file of a plan's secrets is looked for: beside the plan, whatever path a plan that came from elsewhere names. */
export const besidePlan = (plan: string, name: string): string => join(dirname(plan), win32.basename(name));

const keyOf = ({ line, column }: Pick<FileSecret, 'line' | 'column'>) => `${line} ${column}`;

const textOf = (cell: Cell | undefined): string | null => {
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'number') return String(cell);
  // A digest in Logto's own form may be written as JSON.
  return Array.isArray(cell) ? JSON.stringify(cell) : null;
};

/**
 * Reads the secrets that a plan points at out of its file, all of them at once. The returned function gives one of them, null where
 * there is none.
 * Throws `import.changed` where it is not the file that was planned with.
 */
export const secretsIn = async (
  path: string,
  { sha256, sheet }: SecretSource,
  wanted: readonly FileSecret[],
): Promise<(ref: FileSecret) => string | null> => {
  await using file = await openImport(path, { sheet: sheet ?? undefined });
  if (file.sha256 !== sha256) throw new DeskError('import.changed', { where: file.name });
  const places = new Map(file.headings.map((heading, place) => [heading, place]));
  const columns = new Map<number, Set<string>>();
  for (const { line, column } of wanted) columns.set(line, (columns.get(line) ?? new Set()).add(column));
  const found = new Map<string, string>();
  for await (const { line, cells } of file.lines()) {
    for (const column of columns.get(line) ?? []) {
      const place = places.get(column);
      const text = place === undefined ? null : textOf(cells[place]);
      if (text) found.set(keyOf({ line, column }), text);
    }
  }
  return (ref) => found.get(keyOf(ref)) ?? null;
};
