import { Readable } from 'node:stream';
import { vi } from 'vitest';
import { type Ended, runDesk } from './testing.ts';

/** What is written to one of the process's streams, until it is asked for. */
const ear = (stream: NodeJS.WriteStream) => {
  const parts: Buffer[] = [];
  const spy = vi.spyOn(stream, 'write').mockImplementation((part, ...more: unknown[]) => {
    parts.push(Buffer.from(part));
    const written = more.find((one) => typeof one === 'function');
    if (written) process.nextTick(written);
    return true;
  });
  return () => {
    spy.mockRestore();
    return Buffer.concat(parts).toString('utf8');
  };
};

let isRunning = false;

/**
 * `runDesk` without a process: for tests of what commands do. A command beside another one gets a process, as do those
 * that test the program itself (`runDesk`, `startDesk`); theirs is the keychain of this process (`keychainService`), too.
 */
export const runInside = async (
  words: readonly string[],
  env: Readonly<Record<string, string>>,
  input = '',
): Promise<Ended> => {
  if (isRunning) return runDesk(words, env, input);
  isRunning = true;
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  // What it reads of the environment when it is loaded is there now.
  const { run } = await import('./run.ts');
  const stdin = vi.spyOn(process, 'stdin', 'get');
  stdin.mockReturnValue(Object.assign(Readable.from([Buffer.from(input)]), { fd: 0 as const }) as never);
  const [out, err] = [ear(process.stdout), ear(process.stderr)];
  try {
    const code = await run(words);
    return { code, out: out(), err: err() };
  } finally {
    for (const end of [out, err]) end();
    stdin.mockRestore();
    vi.unstubAllEnvs();
    process.exitCode = undefined;
    isRunning = false;
  }
};

/** The same on a data folder: its exit code, and all that it said. */
export const runHere = async (folder: string, words: readonly string[]) => {
  const { code, out, err } = await runInside(['--data-dir', folder, ...words], {});
  return { code, said: `${out}${err}` };
};
