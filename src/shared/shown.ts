/** Characters that reorder or hide what stands around them; joiners and marks that scripts need stay as they are. */
const deceiving =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u200B\u2028-\u202E\u2060-\u2069\uFEFF]/gu;

const codeOf = (char: string) =>
  `⟨U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;

/** Text of a tenant for a line of a terminal: what could steer it, or end the line, is a sign that stands for none. */
export const onOneLine = (text: string): string => text.replace(/\p{C}/gu, '�');

/** Longest text that one cell or field shows, characters. Copies and exports have all of it. */
export const longestShown = 4_000;

/** Text of a tenant for the screen: what could deceive is named, what is endless is cut. */
export const shownText = (text: string, longest = longestShown): string => {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return cut.toWellFormed().replace(deceiving, codeOf);
};

/**
 * Any value of JSON as text; nothing for what is not there. Where a server puts an object in a text's place, it may call
 * anything `toString`, and `String` throws.
 */
export const anyText = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

const longestJson = 500_000;
const deepestIndented = 40;

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? 1 + Object.values(value).reduce<number>((deepest, inner) => Math.max(deepest, depthOf(inner)), 0)
    : 0;

/** A value as indented JSON for the screen; what nests deeply stays on one line, as indenting would grow without end. */
export const shownJson = (value: unknown): string =>
  shownText(JSON.stringify(value, null, depthOf(value) > deepestIndented ? 0 : 2) ?? '', longestJson);
