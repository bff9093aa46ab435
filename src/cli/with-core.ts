import type { Command } from 'commander';
import type { Core } from '../core/core.ts';
import { createNodeCore } from '../doors/node-core.ts';
import { DeskError } from '../shared/errors.ts';
import { createPhrases, explain } from '../shared/phrases/index.ts';

/** Runs a command with a core that ends with it; Ctrl-C and a closed terminal abort the signal. */
export const withCore = async <T>(
  command: Command,
  work: (core: Core, signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const { dataDir } = command.optsWithGlobals<{ dataDir?: string }>();
  const core = createNodeCore({ dataDir });
  if (core.settingsNotice) {
    const { title, next } = explain(createPhrases(), core.settingsNotice);
    process.stderr.write(`desk: ${title}. ${next}\n`);
  }
  const control = new AbortController();
  const cancel = () => control.abort(new DeskError('cancelled'));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, cancel);
  try {
    return await work(core, control.signal);
  } catch (error) {
    throw control.signal.aborted ? new DeskError('cancelled') : error;
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, cancel);
    await core.stop();
  }
};
