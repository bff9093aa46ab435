/** Plain text within a pattern of `LIKE`: `%`, `_` and `\\` mean themselves (FACTS users, search). */
export const likeLiteral = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** The pattern of whatever contains a plain text. */
export const likeContaining = (text: string): string => `%${likeLiteral(text)}%`;
