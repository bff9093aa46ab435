import { Center, Loader } from '@mantine/core';
import { notifications, notificationsStore } from '@mantine/notifications';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { askedFirst, longestLink } from '../../shared/deep-link';
import type { ErrorValue } from '../../shared/errors';
import { explain } from '../../shared/phrases';
import { queryOf } from '../../shared/query';
import { arriving } from '../common/arriving';
import { ErrorNotice } from '../common/ErrorNotice';
import { forgetNames } from '../common/names';
import { skipToMain } from '../common/tabbing';
import { phrases } from '../i18n';
import { api, errorOf } from '../link/api';
import { appInfo } from '../state/app-info';
import { useZone } from '../state/chosen-zone';
import { askLink, snapshotArrives } from '../state/dialogs';
import { ofNow, useJobs } from '../state/jobs';
import { useIdleLock, useLocked, useLockFollowing } from '../state/lock';
import { hearFaults } from '../state/preferences';
import { queries } from '../state/queries';
import { forgetSeen } from '../state/seen-lists';
import { useTimesChoice } from '../state/times';
import { takeLost } from '../state/unsent';
import { openQuery, restoreWorkspace, useWorkspace } from '../state/workspace';
import { useZoneChoice } from '../state/zone';
import { Welcome } from '../welcome/Welcome';
import { DialogHost } from './DialogHost';
import { LockScreen } from './LockScreen';
import { PaletteHost } from './PaletteHost';
import styles from './Shell.module.css';
import { SideBar } from './SideBar';
import { useShortcuts } from './shortcuts';
import { TabStrip } from './TabStrip';
import { useTheme } from './theme';
import { Unasked } from './Unasked';
import { Views } from './Views';

// The grid is most of the page's code: it is fetched beside the rest, and the shell is drawn without it.
void import('../list/ListView');
const JobsLine = arriving(async () => (await import('./soon')).JobsLine);

/** Opens what a link names; what starts more than a list is asked about first. */
const openLinked = (url: string) => {
  const query = queryOf(url);
  const asked = askedFirst(query);
  if (asked) askLink(query, asked);
  else openQuery(query, undefined, { keep: true });
};

/** Opens the list that an address names, if it names one. */
const openAddress = (address: string) => {
  if (address === '/' || address.length > longestLink) return;
  try {
    openLinked(address);
  } catch {
    // An address that names no list shows what was open before.
  }
};

let links: { unsubscribe(): void } | undefined;

/** Opens the views that links ask for, and the snapshots that the system hands over, from the start on. */
const openLinks = () => {
  links?.unsubscribe();
  links = api.app.links.subscribe(undefined, {
    onData: (arrivals) => {
      for (const arrival of arrivals) {
        if (arrival.kind === 'view') openLinked(arrival.url);
        else snapshotArrives(arrival.path);
      }
    },
  });
};

/** Shows a notice beside all views, until it is closed; returns its id. */
const notice = (title: string, message: string): string =>
  notifications.show({
    title,
    message,
    color: 'yellow',
    autoClose: false,
    closeButtonProps: { 'aria-label': phrases.t('common.close') },
  });

/** Notices of what went wrong, and concerns no tenant: they stay over a lock. */
const faults = new Set<string>();

/** Says what went wrong beside all views. */
const tellOfFault = (error: ErrorValue) => {
  const { title, remedy } = explain(phrases, error);
  faults.add(notice(title, remedy));
};

/** Whoever was typing when the app locked has to know that it is gone. */
const tellOfLost = () => {
  if (takeLost()) notice(phrases.t('lock.lost'), phrases.t('lock.lostWhy'));
};

/** What was told of tenants goes with them behind the lock. */
const hideNotices = () => {
  for (const { id } of notificationsStore.getState().notifications)
    if (id && !faults.has(id)) notifications.hide(id);
};

/** Whoever misses tenants has to know that their settings were set aside, and where they are. */
const tellOfSettings = async () => {
  const { settingsNotice } = await queries.fetchQuery(appInfo);
  if (!settingsNotice) return;
  tellOfFault(settingsNotice);
};

const Workspace = () => {
  const { t } = useTranslation();
  const ready = useWorkspace((state) => state.ready);
  const active = useWorkspace((state) => state.active);
  const hasTabs = useWorkspace((state) => state.tabs.length > 0);
  const collapsed = useWorkspace((state) => state.side?.collapsed);
  const hasJobs = useJobs(({ jobs }) => ofNow(jobs).length > 0);
  const zone = useZone();
  const [failure, setFailure] = useState<unknown>(null);
  useShortcuts();
  useEffect(() => {
    const asked = window.location.pathname + window.location.search;
    // Filters, search words and ids stay out of the browser's history; a reload finds the kept tabs.
    window.history.replaceState(null, '', '/');
    // After a lock, and where the start's one call failed, nothing of it is here.
    const restored = useWorkspace.getState().ready
      ? Promise.resolve()
      : api.workspace.get.query().then(restoreWorkspace);
    restored
      .then(() => openAddress(asked))
      .then(openLinks)
      .catch(setFailure);
    return () => links?.unsubscribe();
  }, []);
  if (failure) return <ErrorNotice error={errorOf(failure)} onRetry={() => window.location.reload()} />;
  if (!ready) {
    return (
      <Center h="100%">
        <Loader size="sm" aria-label={t('app.loading')} />
      </Center>
    );
  }
  return (
    <div className={styles.shell} data-collapsed={collapsed || undefined} data-jobs={hasJobs || undefined}>
      <button type="button" className={styles.skip} onClick={skipToMain}>
        {t('nav.skip')}
      </button>
      <SideBar />
      <div className={styles.main} data-tabs={hasTabs || undefined}>
        {hasTabs && <TabStrip />}
        <main key={zone} className={styles.views}>
          <Views />
          {active === null && <Welcome />}
        </main>
        <Unasked>
          <JobsLine />
        </Unasked>
      </div>
      <DialogHost />
      <PaletteHost />
    </div>
  );
};

/** The workspace, or while the app is locked nothing of it: what was loaded is forgotten. */
export const Shell = () => {
  const { t } = useTranslation();
  const locked = useLocked((state) => state.locked);
  useTheme();
  useZoneChoice();
  useTimesChoice();
  useLockFollowing();
  useIdleLock();
  useEffect(() => void tellOfSettings().catch(() => {}), []);
  useEffect(() => hearFaults(tellOfFault), []);
  useEffect(() => {
    if (!locked) {
      tellOfLost();
      return;
    }
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'preferences' });
    forgetNames();
    forgetSeen();
    hideNotices();
    useWorkspace.setState({ ready: false });
    window.history.replaceState(null, '', '/');
  }, [locked]);
  if (locked === null) {
    return (
      <Center h="100%">
        <Loader size="sm" aria-label={t('app.loading')} />
      </Center>
    );
  }
  return locked ? <LockScreen /> : <Workspace />;
};
