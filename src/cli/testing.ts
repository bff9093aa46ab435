import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { deskProgram } from '../doors/testing.ts';

/** What a command ended with: its exit code (null: killed), and all that it printed. */
export type Ended = { code: number | null; out: string; err: string };

/** Starts the terminal's program as a shell would. `env` is set over this process's own. */
export const startDesk = (
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): { child: ChildProcess; ended: Promise<Ended> } => {
  const child = spawn(process.execPath, [deskProgram, ...args], { env: { ...process.env, ...env } });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  return { child, ended: once(child, 'close').then(([code]) => ({ code: code as number | null, out, err })) };
};

/** Runs a command to its end, with `input` on its standard input. */
export const runDesk = (args: readonly string[], env: NodeJS.ProcessEnv, input = ''): Promise<Ended> => {
  const { child, ended } = startDesk(args, env);
  child.stdin?.end(input);
  return ended;
};
