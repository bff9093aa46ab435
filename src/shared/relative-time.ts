import { relativeFormat } from './formats.ts';

const units = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** A moment as it is from now, by its largest whole unit: "3 hours ago", "in 2 days". Both in unix ms; `language` as `Intl` takes it. */
export const relativeText = (moment: number, now: number, language: string): string => {
  const ms = moment - now;
  // JSON can hold a number that is none: `1e400`.
  if (!Number.isFinite(ms)) return String(moment);
  const [unit, size] = units.find(([, one]) => Math.abs(ms) >= one) ?? ['second', 1_000];
  const count = Math.trunc(ms / size);
  // Of nothing it says "now".
  const numeric = count === 0 ? 'auto' : 'always';
  return relativeFormat(language, { numeric }).format(count === 0 ? 0 : count, unit);
};
