import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { inspect } from 'node:util';
import electronLog from 'electron-log/node';
import type { Log } from '../core/deps.ts';
import { plain } from '../shared/plain.ts';
import { logFileOf, ownFolder } from './data-dir.ts';
import { redacted } from './redact.ts';

const textOf = (part: unknown): string => {
  if (part instanceof Error) return String(part.stack);
  return typeof part === 'string' ? part : inspect(part, { depth: 6 });
};

/** The file is there from the start: whoever is asked for it must find it, also when nothing was logged yet. */
const begin = (path: string) => {
  try {
    const folder = dirname(path);
    ownFolder(dirname(folder));
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    closeSync(openSync(path, 'a', 0o600));
  } catch {
    // A folder that cannot be written to is told of by whoever has to write there.
  }
};

/**
 * A log file in `dataDir`, for its owner's eyes, nothing on the console. Whatever is logged is redacted first, and what the
 * terminal of its reader would obey is named.
 */
export const fileLog = (dataDir: string): Log => {
  const log = electronLog.create({ logId: dataDir });
  log.transports.console.level = false;
  log.transports.file.resolvePathFn = () => logFileOf(dataDir);
  begin(logFileOf(dataDir));
  log.transports.file.writeOptions = { ...log.transports.file.writeOptions, mode: 0o600 };
  log.hooks.push((message) => ({
    ...message,
    data: message.data.map((part) => plain(redacted(textOf(part)))),
  }));
  return log;
};
