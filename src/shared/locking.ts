import type { TFunction } from 'i18next';

/** What locks the app, in the window's commands and in the desktop's own menu, which is there without a window, too. */
export const locking = {
  label: (t: TFunction) => t('lock.now'),
  /** As the page names it. */
  key: 'alt+L',
} as const;
