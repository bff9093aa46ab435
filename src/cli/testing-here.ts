import { vi } from 'vitest';
import { run } from './run.ts';

/** Runs a command in this process, on a folder of its own: its exit code, and all that it said. */
export const runHere = async (folder: string, words: readonly string[]) => {
  let said = '';
  const hear = (part: unknown) => {
    said += String(part);
    return true;
  };
  const ears = [process.stdout, process.stderr].map((out) => vi.spyOn(out, 'write').mockImplementation(hear));
  const code = await run(['--data-dir', folder, ...words]).finally(() => {
    for (const ear of ears) ear.mockRestore();
    process.exitCode = undefined;
  });
  return { code, said };
};
