import type { TFunction } from 'i18next';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Looked, secondsLeft } from '../../shared/scope';

/** So many seconds as what is left, in words. */
const timeLeftInWords = (t: TFunction, seconds: number): string => {
  const time =
    seconds < 90
      ? t('exports.secondsLeft', { count: Math.max(1, Math.round(seconds)) })
      : t('exports.minutesLeft', { count: Math.round(seconds / 60) });
  return t('exports.left', { time });
};

/** How long nothing may come before what is left is no longer told from what came, ms. */
const longStill = 5_000;

/** For how many seconds a number has stood still that grows while something runs; null where it moves, or nothing runs. */
export const useStandstill = (value: number, running: boolean): number | null => {
  const [moved, setMoved] = useState({ value, running, at: Date.now() });
  const [now, setNow] = useState(Date.now());
  if (moved.value !== value || moved.running !== running) setMoved({ value, running, at: Date.now() });
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [running]);
  const still = now - moved.at;
  return running && still >= longStill ? Math.floor(still / 1_000) : null;
};

/** What is said while something runs: how much longer it takes, or that nothing comes; null where neither can be told. */
export const runningInWords = (t: TFunction, seconds: number | null, still: number | null): string | null => {
  // All came: what takes time now is nobody's answer.
  if (seconds === 0) return null;
  if (still !== null) return t('exports.still', { count: still });
  return seconds === null ? null : timeLeftInWords(t, seconds);
};

/** How much longer something takes that runs, or that nothing comes, in words; null where neither can be told. */
export const useTimeLeft = (
  progress: Pick<Looked, 'lookedAt' | 'total' | 'running'>,
  elapsedMs: number,
): string | null => {
  const { t } = useTranslation();
  const still = useStandstill(progress.lookedAt, progress.running);
  return runningInWords(t, secondsLeft(progress, elapsedMs), still);
};
