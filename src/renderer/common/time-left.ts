import { useTranslation } from 'react-i18next';
import { type Looked, secondsLeft } from '../../shared/scope';

/** How much longer something takes, in words; null where that cannot be told. */
export const useTimeLeft = (
  progress: Pick<Looked, 'lookedAt' | 'total'>,
  elapsedMs: number,
): string | null => {
  const { t } = useTranslation();
  const seconds = secondsLeft(progress, elapsedMs);
  if (seconds === null) return null;
  const time =
    seconds < 90
      ? t('exports.secondsLeft', { count: Math.max(1, Math.round(seconds)) })
      : t('exports.minutesLeft', { count: Math.round(seconds / 60) });
  return t('exports.left', { time });
};
