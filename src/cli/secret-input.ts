import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { DeskError } from '../shared/errors.ts';
import type { Flag } from './flags.ts';
import { wrongUsage } from './usage.ts';
import { say } from './words.ts';

const fromStdin = async (): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8').trim();
};

/** Asks on the terminal; what is typed is shown nowhere. Throws `cancelled` on Ctrl-C. */
const fromPrompt = (question: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
    const prompt = createInterface({ input: process.stdin, output: silent, terminal: true });
    process.stderr.write(question);
    prompt.once('SIGINT', () => {
      prompt.close();
      process.stderr.write('\n');
      reject(new DeskError('cancelled'));
    });
    prompt.question('', (answer) => {
      prompt.close();
      process.stderr.write('\n');
      resolve(answer.trim());
    });
  });

/** A secret: from standard input when asked for, else from a hidden prompt; never from an argument. */
export const readSecret = async (
  stdin: boolean,
  question: string = say('appSecret'),
  option: Flag = '--secret-stdin',
): Promise<string> => {
  if (!stdin && !process.stdin.isTTY) {
    throw wrongUsage(option, say('noTerminal', { option }));
  }
  const secret = stdin ? await fromStdin() : await fromPrompt(question);
  if (secret) return secret;
  if (stdin) throw wrongUsage(option, say('empty'));
  throw new DeskError('usage.invalid', { where: question.replace(/ \(.*$/, ''), reason: say('empty') });
};
