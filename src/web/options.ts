import { parseArgs } from 'node:util';
import { DeskError } from '../shared/errors.ts';
import { because } from '../shared/reasons.ts';

export type WebFlags = { dataDir: string | undefined; port?: number; open: boolean; web: boolean };

const largestPort = 65_535;

/** The flags of the browser door. Throws `usage.invalid`, which names the wrong one. */
export const webFlags = (words: readonly string[]): WebFlags => {
  const parse = () =>
    parseArgs({
      args: [...words],
      options: {
        web: { type: 'boolean', default: false },
        'no-open': { type: 'boolean', default: false },
        port: { type: 'string' },
        'data-dir': { type: 'string' },
      },
    }).values;
  let values: ReturnType<typeof parse>;
  try {
    values = parse();
  } catch {
    const known = ['--no-open', '--port', '--data-dir', '--web'];
    const isValue = (at: number) => ['--port', '--data-dir'].includes(words[at - 1] ?? '');
    const isWrong = (word: string, at: number) => !isValue(at) && !known.includes(word.split('=')[0] ?? '');
    const flag = words.find(isWrong) ?? words.findLast((word) => known.includes(word)) ?? '';
    throw new DeskError('usage.invalid', {
      where: flag,
      why: because('usage.web'),
    });
  }
  const { port } = values;
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= largestPort))
    throw new DeskError('usage.invalid', {
      where: '--port',
      why: because('port.invalid', { port, most: largestPort }),
    });
  return {
    dataDir: values['data-dir'],
    open: !values['no-open'],
    web: values.web ?? false,
    ...(port === undefined ? {} : { port: Number(port) }),
  };
};
