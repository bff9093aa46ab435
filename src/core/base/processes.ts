import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';

/** Clocks are set, and moments are rounded, ms. */
const slackMs = 10_000;
/** Ticks of Linux's process table in a second, whatever the kernel counts in (`USER_HZ`). */
const ticksPerSecond = 100;

/** True while a process of this number runs. */
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process is alive, too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** Seconds from the start of the computer to that of a process; 0, the earliest, where the system does not tell. */
const secondsToStart = (pid: number): number => {
  if (process.platform !== 'linux') return 0;
  try {
    // proc_pid_stat(5): the name, in brackets, may hold anything; what follows the last one are fields from the third on.
    const [, fields = ''] = /.*\) (.*)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return Number(fields.split(' ')[22 - 3]) / ticksPerSecond || 0;
  } catch {
    return 0;
  }
};

/**
 * True while another process runs that noted its number at a moment, unix ms. Numbers come again, after a start of the
 * computer above all: one that began later is another program's. No number is nobody's.
 */
export const isElsewhere = (pid: number, notedAt: number): boolean => {
  if (pid === 0 || pid === process.pid || !isAlive(pid)) return false;
  const computerStartedAt = Date.now() - uptime() * 1_000;
  return computerStartedAt + secondsToStart(pid) * 1_000 <= notedAt + slackMs;
};

/**
 * True while the process runs, this one or another, that was at work at a moment, unix ms: what is left of any other may be
 * removed.
 */
export const isAtWork = (pid: number, at: number): boolean =>
  pid === process.pid ? Date.now() - process.uptime() * 1_000 <= at + slackMs : isElsewhere(pid, at);
