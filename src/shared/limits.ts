/** Rows of one request; the API's largest page (FACTS pagination). */
export const pageSize = 100;

/** Characters that a passphrase of a snapshot has at least: short ones are guessed by whoever has the file. */
export const shortestPassphrase = 12;

/** How long a copy of personal data stays in the clipboard, ms. */
export const clipboardMs = 30_000;
