import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { type Looked, secondsLeft } from '../../shared/scope';

/** So many seconds as what is left, in words. */
export const timeLeftInWords = (t: TFunction, seconds: number): string => {
  const time =
    seconds < 90
      ? t('exports.secondsLeft', { count: Math.max(1, Math.round(seconds)) })
      : t('exports.minutesLeft', { count: Math.round(seconds / 60) });
  return t('exports.left', { time });
};

/** How much longer something takes, in words; null where that cannot be told. */
export const useTimeLeft = (
  progress: Pick<Looked, 'lookedAt' | 'total'>,
  elapsedMs: number,
): string | null => {
  const { t } = useTranslation();
  const seconds = secondsLeft(progress, elapsedMs);
  return seconds === null ? null : timeLeftInWords(t, seconds);
};
