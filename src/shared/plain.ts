/** Controls (C0 but tab and line feed, DEL, C1), and what hides or reorders text. */
export const obeyed =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

const named = (char: string) =>
  `⟨U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;

/** Text in which everything that a terminal obeys is named; lines and tabs stay. */
export const plain = (text: string): string => text.toWellFormed().replace(obeyed, named);
