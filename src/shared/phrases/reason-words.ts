import type { ErrorDetail } from '../errors.ts';
import type { Reason } from '../reasons.ts';

type Translate = (key: string, values: object) => string;

/** A reason as a sentence without its full stop. */
export const reasonInWords = (t: unknown, { code, values = {} }: Reason): string => {
  const said = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'object' && 'code' in value ? reasonInWords(t, value) : value,
  ]);
  return (t as Translate)(`reasons.${code}`, Object.fromEntries(said));
};

/** Why an error happened: by our own reason, else as whoever reported it said; undefined where nobody did. */
export const whyInWords = (t: unknown, { why, reason }: ErrorDetail): string | undefined =>
  why ? reasonInWords(t, why) : reason;
