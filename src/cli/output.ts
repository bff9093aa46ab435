import { Transform } from 'node:stream';
import { obeyed, plain } from '../shared/plain.ts';

export { plain };

/**
 * The only way to the terminal. What comes from servers, files and settings may hold what a terminal obeys: it would write
 * to the clipboard, wipe or hide lines, or turn their direction round.
 */

/** The same on one line: a message from elsewhere must not pose as another one. */
export const oneLine = (text: string): string => plain(text).replace(/[\n\t]/g, ' ');

/** Lines for standard output. */
export const print = (text: string): void => void process.stdout.write(`${plain(text)}\n`);

/** A value as JSON for standard output; what a terminal obeys is escaped, which programs read as the same. */
export const printJson = (value: unknown): void => {
  const escaped = (char: string) =>
    Array.from(
      { length: char.length },
      (_, at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join('');
  process.stdout.write(`${JSON.stringify(value, null, 2).replace(obeyed, escaped)}\n`);
};

/** Lines for people beside the output. */
export const tell = (text: string): void => void process.stderr.write(`${plain(text)}\n`);

/** A line that the next one is written over; nothing where nobody looks on. */
export const progress = (text: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${oneLine(text)}`);
};

/** Standard output for rows: to a terminal plain, to a program or a file as they are. */
export const rowsOut = (): NodeJS.WritableStream => {
  if (!process.stdout.isTTY) return process.stdout;
  const through = new Transform({
    transform: (part, _encoding, done) => done(null, plain(String(part)).replaceAll('⟨U+000D⟩\n', '\r\n')),
  });
  // It ends with its program, not with the rows.
  through.pipe(process.stdout, { end: false });
  return through;
};
