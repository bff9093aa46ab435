/** Values that an answer may have in all; a page of 100 rows has some thousands. */
export const mostValues = 200_000;

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;

/** True for the code of `{` or `[`, or of `}` or `]`. */
const opens = (code: number) => code === 0x7b || code === 0x5b;
const closes = (code: number) => code === 0x7d || code === 0x5d;

/** The place behind a text's closing quote. */
const behindText = (json: string, from: number): number => {
  for (let at = json.indexOf('"', from); at >= 0; at = json.indexOf('"', at + 1)) {
    let slashes = 0;
    while (json.charCodeAt(at - 1 - slashes) === backslash) slashes += 1;
    if (slashes % 2 === 0) return at + 1;
  }
  return json.length;
};

/**
 * Whether JSON is larger than anybody asked for, told before it is parsed: small bytes on the way can be millions of
 * values in memory. `mostRows` bounds the elements of a list that is the JSON itself, `most` all values, `deepest` levels.
 */
export const isTooLarge = (
  json: string,
  mostRows: number,
  most = mostValues,
  deepest = Number.POSITIVE_INFINITY,
): boolean => {
  // Each value costs a character at least.
  if (json.length <= Math.min(mostRows, most, deepest)) return false;
  const isList = /^\s*\[/.test(json);
  let depth = 0;
  let rows = 1;
  let values = 1;
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code === quote) at = behindText(json, at + 1) - 1;
    else if (opens(code)) {
      depth += 1;
      values += 1;
    } else if (closes(code)) depth -= 1;
    else if (code === comma) {
      values += 1;
      if (isList && depth === 1) rows += 1;
    }
    if (values > most || rows > mostRows || depth > deepest) return true;
  }
  return false;
};
