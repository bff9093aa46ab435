import { join } from 'node:path';
import { inspect } from 'node:util';
import electronLog from 'electron-log/node';
import type { Log } from '../core/core.ts';
import { redacted } from '../core/redact.ts';

const textOf = (part: unknown): string => {
  if (part instanceof Error) return String(part.stack);
  return typeof part === 'string' ? part : inspect(part, { depth: 6 });
};

/** A log file in `dataDir`, for its owner's eyes, nothing on the console; whatever is logged is redacted first. */
export const fileLog = (dataDir: string): Log => {
  const log = electronLog.create({ logId: dataDir });
  log.transports.console.level = false;
  log.transports.file.resolvePathFn = () => join(dataDir, 'logs', 'desk.log');
  log.transports.file.writeOptions = { ...log.transports.file.writeOptions, mode: 0o600 };
  log.hooks.push((message) => ({ ...message, data: message.data.map((part) => redacted(textOf(part))) }));
  return log;
};
