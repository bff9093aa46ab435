import { useEffect, useState } from 'react';
import { endingInWords, longEndings } from '../../shared/ended-jobs';
import { phrases } from '../i18n';
import { useAppInfo } from '../state/app-info';
import type { ShownJob } from '../state/jobs';

/** Where the browser lets the page, as a notification of the system; a press comes back to the page. */
const notify = (said: string) => {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  const told = new Notification(said, { tag: 'logto-desk' });
  told.onclick = () => window.focus();
};

/**
 * Tells of long work that ends while the page is not in front: in the page's title until somebody comes back, and by the
 * browser's notifications where they are allowed. In the desktop the main process does so.
 */
export const useEndings = (jobs: readonly ShownJob[]) => {
  const isBrowser = useAppInfo()?.door === 'browser';
  const [endingsOf] = useState(longEndings);
  useEffect(() => {
    const [last] = endingsOf(jobs).toReversed();
    if (!isBrowser || !last || document.hasFocus()) return;
    const said = endingInWords(phrases.t, last);
    document.title = phrases.t('jobs.pageTitle', { said });
    notify(said);
  }, [jobs, isBrowser, endingsOf]);
  useEffect(() => {
    const back = () => {
      document.title = phrases.t('app.name');
    };
    window.addEventListener('focus', back);
    return () => window.removeEventListener('focus', back);
  }, []);
};
