const [quote, backslash, comma, minus, zero, letterN] = [0x22, 0x5c, 0x2c, 0x2d, 0x30, 0x6e];

/** Digits that a number has at most to be made of them one by one. */
const mostDigits = 15;

/** True where a quote is one of the text: behind an odd number of backslashes. */
const isEscaped = (json: string, quoteAt: number): boolean => {
  let at = quoteAt;
  while (json.charCodeAt(at - 1) === backslash) at -= 1;
  return (quoteAt - at) % 2 === 1;
};

/** Where the text ends whose quote stands at a place of JSON: behind its last quote. */
export const endOfText = (json: string, from: number): number => {
  let end = json.indexOf('"', from + 1);
  while (isEscaped(json, end)) end = json.indexOf('"', end + 1);
  return (end < 0 ? json.length : end) + 1;
};

/** The text whose quote stands at a place of JSON; as a part of it, which it keeps in memory. */
export const textAt = (json: string, from: number): string => {
  const end = endOfText(json, from);
  const within = json.slice(from + 1, end - 1);
  return within.includes('\\') ? (JSON.parse(json.slice(from, end)) as string) : within;
};

/**
 * Tells each value of a JSON list of nulls, numbers and texts, without white space, in its order; of a text (undefined)
 * only where it stands, from its first quote and behind its last: to make a list of a million texts takes longer than to read
 * the few that are asked for.
 */
export const eachValue = (
  json: string,
  take: (value: null | number | undefined, from: number, after: number) => void,
): void => {
  const end = json.length - 1;
  // Behind each value stands one more sign.
  for (let at = 1; at < end; at += 1) {
    const from = at;
    const unit = json.charCodeAt(at);
    if (unit === quote) {
      at = endOfText(json, from);
      take(undefined, from, at);
    } else if (unit === letterN) {
      at += 4;
      take(null, from, at);
    } else {
      let number = 0;
      let isWhole = true;
      if (unit === minus) at += 1;
      for (; at < end; at += 1) {
        const digit = json.charCodeAt(at) - zero;
        if (digit === comma - zero) break;
        if (digit < 0 || digit > 9) isWhole = false;
        number = number * 10 + digit;
      }
      isWhole &&= at - from <= mostDigits;
      take(isWhole ? (unit === minus ? -number : number) : Number(json.slice(from, at)), from, at);
    }
  }
};
