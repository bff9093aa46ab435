import type { Counted, FailedSignIns, Known, Trend } from '../../core/router';
import { moment, number, phrases } from '../i18n';

/** How old something may be before its age is said beside it, ms. */
const freshMs = 10 * 60_000;

/** A number of rows; null where nobody knows it. One that ends is said to be more (FACTS pagination 4). */
export const countText = ({ total, capped }: Pick<Counted, 'total' | 'capped'>): string | null => {
  if (total === null) return null;
  // Who counts to 10,001 says only that there are more than 10,000.
  return capped ? phrases.t('home.atLeast', { count: total - 1 }) : number(total);
};

/** Why a number is not known. */
export const whyUnknown = ({ copy }: Known): string =>
  phrases.t(copy && !copy.whole ? 'home.partial' : 'home.noTotal');

/** The age of what is said, where it is the copy's or not fresh any more; `isAged`: whatever it is. */
export const ageText = ({ asOf, copy }: Known, now: number, isAged = false): string | null =>
  copy
    ? phrases.t('home.fromCopy', { time: moment(asOf) })
    : isAged || now - asOf > freshMs
      ? phrases.t('home.asOf', { time: moment(asOf) })
      : null;

/** Failed sign-ins; at least so many where not all logs of the time were looked at. */
export const failuresText = (found: FailedSignIns): { text: string | null; of: string | null } => {
  const { failed, looked, total, capped, copy } = found;
  if (copy && !copy.whole) return { text: null, of: phrases.t('home.partial') };
  const isAll = !capped && total !== null && looked >= total;
  if (isAll) return { text: number(failed), of: null };
  const all = countText({ total, capped });
  return {
    text: phrases.t('home.atLeast', { count: failed }),
    of:
      all === null
        ? phrases.t('home.failuresLooked', { looked: number(looked) })
        : phrases.t('home.failuresOf', { looked: number(looked), total: all }),
  };
};

/** A change as it is read: `+12`, `−3`, `±0`. */
export const changeText = ({ change }: Trend): string | null =>
  change === null ? null : change === 0 ? '±0' : `${change > 0 ? '+' : '−'}${number(Math.abs(change))}`;

const dayMs = 86_400_000;

/** How long ago something was, in words. */
export const agoText = (at: number, now: number): string => {
  const ms = Math.max(0, now - at);
  const { t } = phrases;
  if (ms < 60_000) return t('home.ago.now');
  if (ms < 3_600_000) return t('home.ago.minutes', { count: Math.floor(ms / 60_000) });
  if (ms < 2 * dayMs) return t('home.ago.hours', { count: Math.floor(ms / 3_600_000) });
  return t('home.ago.days', { count: Math.floor(ms / dayMs) });
};
