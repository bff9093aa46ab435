/**
 * Phones are stored as digits with the country code, no `+` (FACTS): `821011834274`. People type them as they are
 * written: `+82 10-1183-4274`, `010-1183-4274`, `(010) 1183 4274`.
 */
export type TypedPhone = {
  /** What to look for: digits without what a country dials in front of a national number, or of an international one. */
  digits: string;
  /** `whole`: with the country code. `national`: without it, so that only the ending of a stored phone is known. */
  kind: 'whole' | 'national' | 'plain';
};

/** Fewer digits are part of anything. */
const fewest = 4;
/** The longest phone there is (E.164). */
const most = 15;

/** Characters that people write between the digits of a phone, dashes of every kind among them. */
const between = /[\s()./\-\u00ad\u2010-\u2015\u2212\u30fc\u301c~]/g;

/**
 * The phone that a text is, in any national or international writing; null when it is none. `plain` is a text of nothing
 * but digits without a 0 in front: what is stored, or a part of it.
 */
export const typedPhone = (text: string): TypedPhone | null => {
  const written = text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .trim();
  // A 0 in parentheses is only dialed inside of the country: +44 (0)20 7946 0958.
  const compact = written.replace(/^(\+|00)(.*?)\(0\)/, '$1$2').replace(between, '');
  const [, plus = '', digits = ''] = /^(\+|00)?(\d+)$/.exec(compact) ?? [];
  if (digits.length < fewest || digits.length > most + 1) return null;
  if (plus !== '') return { digits, kind: 'whole' };
  if (digits.startsWith('0')) {
    const ending = digits.replace(/^0+/, '');
    return ending.length < fewest - 1 ? null : { digits: ending, kind: 'national' };
  }
  return { digits, kind: written === compact ? 'plain' : 'national' };
};

/** True when a stored phone is the one that was typed: digits are compared, a national number with the ending. */
export const isPhone = (stored: string, { digits, kind }: TypedPhone): boolean => {
  const own = stored.replace(/\D/g, '');
  return kind === 'national' ? own.endsWith(digits) : own === digits;
};

/** True when what was typed is in a stored phone. */
export const isInPhone = (stored: string, { digits }: TypedPhone): boolean =>
  stored.replace(/\D/g, '').includes(digits);
