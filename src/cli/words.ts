import { terminal } from '../shared/phrases/en/terminal.ts';
import { createPhrases } from '../shared/phrases/index.ts';

/** The phrases of the window, which the terminal shares. */
export const phrases = createPhrases();
phrases.addResourceBundle('en', 'terminal', terminal);

/** The terminal's own phrases. */
export const say = phrases.getFixedT(null, 'terminal');

/** Commands, as the help of one shows them. */
export const examples = (...lines: readonly string[]): string =>
  ['', say('examples'), ...lines.map((line) => `  ${line}`)].join('\n');
