/** True while a process of this number runs. */
export const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process is alive, too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** True while another process of this number runs; no number is nobody's. */
export const isElsewhere = (pid: number): boolean => pid !== 0 && pid !== process.pid && isAlive(pid);
