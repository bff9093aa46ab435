import { join } from 'node:path';
import log from 'electron-log/node';
import type { Log } from '../core/core.ts';

/** A log file in `dataDir`, nothing on the console. */
export const fileLog = (dataDir: string): Log => {
  log.transports.console.level = false;
  log.transports.file.resolvePathFn = () => join(dataDir, 'logs', 'desk.log');
  return log;
};
