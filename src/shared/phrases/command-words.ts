import { createPhrases } from './index.ts';

/**
 * The words by which commands and files name lists and columns: English in every language, as scripts and whoever gets the
 * file rely on them.
 */
export const commandWords = createPhrases('en');
