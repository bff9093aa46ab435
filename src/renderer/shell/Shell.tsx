import { Center, Loader } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { askedFirst, longestLink } from '../../shared/deep-link';
import { explain } from '../../shared/phrases';
import { queryOf } from '../../shared/query';
import { viewOf } from '../../shared/view';
import { ErrorNotice } from '../common/ErrorNotice';
import { forgetNames } from '../common/names';
import { skipToMain } from '../common/tabbing';
import { phrases } from '../i18n';
import { api, errorOf } from '../link/api';
import { appInfo } from '../state/app-info';
import { askLink, openSnapshot } from '../state/dialogs';
import { useJobs } from '../state/jobs';
import { useIdleLock, useLocked, useLockFollowing } from '../state/lock';
import { useProfiles } from '../state/profiles';
import { queries } from '../state/queries';
import { forgetSeen } from '../state/seen-lists';
import { openQuery, restoreWorkspace, tabQuery, useWorkspace } from '../state/workspace';
import { useZone, useZoneChoice } from '../state/zone';
import { Welcome } from '../welcome/Welcome';
import { CutOff } from './CutOff';
import { DialogHost } from './DialogHost';
import { LockScreen } from './LockScreen';
import styles from './Shell.module.css';
import { SideBar } from './SideBar';
import { useShortcuts } from './shortcuts';
import { TabStrip } from './TabStrip';
import { useTheme } from './theme';
import { viewKinds } from './view-kinds';

// The grid is most of the page's code: it is fetched beside the rest, and the shell is drawn without it.
void import('../list/ListView');
const JobsLine = lazy(async () => ({ default: (await import('../jobs/JobsLine')).JobsLine }));
const Palette = lazy(async () => ({ default: (await import('./Palette')).Palette }));

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
        else openSnapshot(arrival.path);
      }
    },
  });
};

/** Whoever misses tenants has to know that their settings were set aside, and where they are. */
const tellOfSettings = async () => {
  const { settingsNotice } = await queries.fetchQuery(appInfo);
  if (!settingsNotice) return;
  const { title, next } = explain(phrases, settingsNotice);
  notifications.show({
    title,
    message: next,
    color: 'yellow',
    autoClose: false,
    closeButtonProps: { 'aria-label': phrases.t('common.close') },
  });
};

/** Views stay mounted once they were in front: coming back to one is instant, and it keeps its place. */
const Views = () => {
  const tabs = useWorkspace(({ tabs: open }) => open);
  const active = useWorkspace(({ active: front }) => front);
  const cutOff = useWorkspace((state) => state.cutOff);
  const visited = useWorkspace((state) => state.visited);
  const parked = useWorkspace((state) => state.parked);
  const { profiles, ready } = useProfiles();
  // In an order that no move of a tab changes: what is moved in the page loses its scroll place.
  return [...tabs.filter(({ id }) => visited.has(id)), ...parked]
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .map((tab) => {
      const query = tabQuery(tab);
      const profile = profiles.find(({ id }) => id === query?.profile);
      if (!query) return null;
      const loads = profile && !cutOff.includes(tab.id);
      const Shown = viewKinds[viewOf(query).kind];
      return (
        <section
          key={tab.id}
          className={styles.view}
          data-front={tab.id === active || undefined}
          inert={tab.id !== active}
        >
          {profile && !loads && <CutOff tabId={tab.id} />}
          {loads && (
            <Suspense fallback={null}>
              <Shown
                key={`${query.resource}/${query.parent ?? ''}`}
                tabId={tab.id}
                query={query}
                row={tab.row ?? null}
                profile={profile}
                front={tab.id === active}
              />
            </Suspense>
          )}
          {!profile && ready && (
            <ErrorNotice error={{ code: 'profile.not_found', detail: { where: query.profile } }} />
          )}
        </section>
      );
    });
};

const Workspace = () => {
  const { t } = useTranslation();
  const ready = useWorkspace((state) => state.ready);
  const active = useWorkspace((state) => state.active);
  const hasTabs = useWorkspace((state) => state.tabs.length > 0);
  const collapsed = useWorkspace((state) => state.side?.collapsed);
  const hasJobs = useJobs(({ jobs }) => jobs.length > 0);
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
        <Suspense fallback={null}>
          <JobsLine />
        </Suspense>
      </div>
      <DialogHost />
      <Suspense fallback={null}>
        <Palette />
      </Suspense>
    </div>
  );
};

/** The workspace, or while the app is locked nothing of it: what was loaded is forgotten. */
export const Shell = () => {
  const { t } = useTranslation();
  const locked = useLocked((state) => state.locked);
  useTheme();
  useZoneChoice();
  useLockFollowing();
  useIdleLock();
  useEffect(() => void tellOfSettings().catch(() => {}), []);
  useEffect(() => {
    if (!locked) return;
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'preferences' });
    forgetNames();
    forgetSeen();
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
