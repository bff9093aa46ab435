import { DeskError } from '../../shared/errors.ts';

/** The system's code of an error, such as `ENOENT`; empty where it has none. */
export const systemCode = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

/** What the system, or SQLite, says of a file that is written, as an error that names it; a typed one stays as it is. */
export const fileError = (error: unknown, path: string): DeskError => {
  if (error instanceof DeskError) return error;
  const code = systemCode(error);
  const text = error instanceof Error ? error.message : '';
  const isFull = code === 'ENOSPC' || code === 'EDQUOT' || /ENOSPC|EDQUOT|disk is full/.test(text);
  return new DeskError(
    isFull ? 'export.disk_full' : 'export.not_writable',
    { where: path, reason: code || text },
    { cause: error },
  );
};
