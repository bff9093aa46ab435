import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { uptime } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { isAtWork, isElsewhere } from './processes.ts';

const minute = 60_000;

test('a process that noted its number runs elsewhere until it ends; one that began later only has its number', async () => {
  const program = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const exit = once(program, 'exit');
  onTestFinished(() => void program.kill('SIGKILL'));
  await once(program, 'spawn');
  const { pid = 0 } = program;
  expect(isElsewhere(pid, Date.now())).toBe(true);
  expect(isElsewhere(pid, Date.now() + minute)).toBe(true);
  // Before this computer was started, whatever the system tells of its processes.
  expect(isElsewhere(pid, Date.now() - uptime() * 1_000 - minute)).toBe(false);
  if (process.platform === 'linux') expect(isElsewhere(pid, Date.now() - minute)).toBe(false);
  program.kill();
  await exit;
  expect(isElsewhere(pid, Date.now())).toBe(false);
});

test('this process is not elsewhere, and no number is nobody’s', () => {
  expect(isElsewhere(process.pid, Date.now())).toBe(false);
  expect(isElsewhere(0, Date.now())).toBe(false);
});

test('what was left before this process began is nobody’s work, though it has the number', () => {
  expect(isAtWork(process.pid, Date.now())).toBe(true);
  expect(isAtWork(process.pid, Date.now() - process.uptime() * 1_000 - minute)).toBe(false);
  expect(isAtWork(999_999_999, Date.now())).toBe(false);
});
