import type { Command } from 'commander';
import type { Core } from '../core/core.ts';
import { createNodeCore } from '../doors/node-core.ts';
import { DeskError } from '../shared/errors.ts';
import { explain } from '../shared/phrases/index.ts';
import { globalsOf } from './globals.ts';
import { tell } from './output.ts';
import { phrases } from './words.ts';

const reasons = { SIGINT: 'cancelled', SIGTERM: 'export.interrupted', SIGHUP: 'export.interrupted' } as const;

/** Runs a command with a core that ends with it. Ctrl-C cancels; a closed terminal, or the system's end, interrupts. */
export const withCore = async <T>(
  command: Command,
  work: (core: Core, signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const { dataDir } = globalsOf(command);
  const core = createNodeCore({ dataDir });
  if (core.settingsNotice) {
    const { title, remedy } = explain(phrases, core.settingsNotice);
    tell(`desk: ${title}. ${remedy}`);
  }
  const control = new AbortController();
  const listeners = Object.entries(reasons).map(([signal, code]) => {
    const abort = () => control.abort(new DeskError(code));
    process.once(signal, abort);
    return [signal, abort] as const;
  });
  try {
    return await work(core, control.signal);
  } catch (error) {
    throw control.signal.aborted ? control.signal.reason : error;
  } finally {
    for (const [signal, abort] of listeners) process.off(signal, abort);
    await core.stop();
  }
};
