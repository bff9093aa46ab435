import { Kbd, UnstyledButton } from '@mantine/core';
import { memo, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { families, placedResources, type Resource } from '../../shared/catalog';
import { homeList, isHome } from '../../shared/home-view';
import { titleOf } from '../../shared/phrases/catalog-words';
import { seenList } from '../../shared/seen-changes';
import { JournalLink } from '../changes/JournalLink';
import { CommandButton } from '../commands/CommandButton';
import { commandOf } from '../commands/commands';
import { usePlace } from '../commands/place';
import { arriving } from '../common/arriving';
import { ResourceIcon, ViewIcon } from '../common/resource-icons';
import { oneStop } from '../common/tabbing';
import { SeenLink } from '../seen/SeenLink';
import { useCapabilities } from '../state/capabilities';
import { useProfiles } from '../state/profiles';
import { frontTab } from '../state/tab-list';
import { keepFront, openQuery, showHome, tabQuery, useWorkspace } from '../state/workspace';
import { meansList } from './means-list';
import styles from './SideBar.module.css';
import { SideResizer } from './SideResizer';
import { SideTenants } from './SideTenants';
import { SideViews } from './SideViews';
import { Unasked } from './Unasked';

// Menus are not part of the first draw.
const noTools = <div className={styles.tools} />;
const SideTools = arriving(async () => (await import('./soon')).SideTools, noTools);

/** What is left of a hidden side bar. */
const Rail = () => {
  const { t } = useTranslation();
  const rail = useRef<HTMLElement>(null);
  useEffect(() => (rail.current ? oneStop(rail.current) : undefined), []);
  return (
    <aside ref={rail} className={styles.rail} aria-label={t('app.name')} data-region="side">
      <CommandButton of={commandOf('sideBar')} />
      <CommandButton of={commandOf('palette')} />
      <CommandButton of={commandOf('home')} />
    </aside>
  );
};

type LinkProps = { profile: string; resource: Resource; isCurrent: boolean; isLacking: boolean };

/** The way to a list; of some thirty of them one view's change concerns two. */
const ListLink = memo(({ profile, resource, isCurrent, isLacking }: LinkProps) => {
  const { t } = useTranslation();
  const query = { profile, resource: resource.id, filters: {} };
  return (
    <UnstyledButton
      className={styles.list}
      data-current={isCurrent || undefined}
      data-lacking={isLacking || undefined}
      title={isLacking ? t('errors.http.not_offered.title') : undefined}
      aria-current={isCurrent || undefined}
      onClick={() => openQuery(query)}
      onDoubleClick={keepFront}
      {...meansList(query)}
    >
      <ResourceIcon resource={resource} />
      <span className={styles.ellipsis}>{titleOf(t, resource.id)}</span>
    </UnstyledButton>
  );
});

type ListsProps = { profile: string; front: string | undefined; lacking: ReadonlySet<string> };

/** The lists of a tenant, in their families. */
export const ListLinks = ({ profile, front, lacking }: ListsProps) => {
  const { t } = useTranslation();
  return families.map((family) => (
    <div key={family}>
      <div className={styles.heading}>{t(`nav.families.${family}`)}</div>
      {placedResources
        .filter(({ sidebar }) => sidebar?.family === family)
        .map((resource) => (
          <ListLink
            key={resource.id}
            profile={profile}
            resource={resource}
            isCurrent={front === resource.id}
            isLacking={lacking.has(resource.id)}
          />
        ))}
    </div>
  ));
};

/** Tenants above, the lists of the one in front below. */
const Bar = () => {
  const { t } = useTranslation();
  const { profiles } = useProfiles();
  const query = useFrontQuery();
  const current = profiles.find(({ id }) => id === query?.profile);
  const bar = useRef<HTMLElement>(null);
  useEffect(() => (bar.current ? oneStop(bar.current) : undefined), []);
  const palette = commandOf('palette');
  const place = usePlace();
  const lacking = new Set(useCapabilities(current)?.lacking?.lists);
  return (
    <aside ref={bar} className={styles.bar} aria-label={t('app.name')} data-region="side">
      <UnstyledButton className={styles.search} onClick={() => palette.do(place)}>
        <palette.icon size={14} />
        <span>{palette.label(t, place)}</span>
        <Kbd size="xs">{palette.key?.shown}</Kbd>
      </UnstyledButton>

      <div className={styles.heading}>
        <span>{t('tenant.switch')}</span>
        <CommandButton of={commandOf('add')} size="xs" iconSize={14} />
      </div>
      <SideTenants profiles={profiles} current={current?.id ?? null} />

      {current && (
        <nav className={styles.lists} aria-label={t('nav.lists')} data-scrolls>
          <UnstyledButton
            mt="2xs"
            className={styles.list}
            data-current={(query && isHome(query)) || undefined}
            aria-current={(query && isHome(query)) || undefined}
            onClick={() => showHome(current.id)}
            onDoubleClick={keepFront}
          >
            <ViewIcon query={{ resource: homeList }} size={15} />
            <span className={styles.ellipsis}>{titleOf(t, homeList)}</span>
          </UnstyledButton>
          <SideViews profile={current} query={query} />
          <ListLinks profile={current.id} front={query?.resource} lacking={lacking} />
          <SeenLink profile={current} isFront={query?.resource === seenList} className={styles.list} />
          <JournalLink profile={current} isFront={query?.resource === 'journal'} className={styles.list} />
        </nav>
      )}

      <div className={styles.foot}>
        <Unasked instead={noTools}>
          <SideTools />
        </Unasked>
      </div>
      <SideResizer />
    </aside>
  );
};

const useFrontQuery = () => {
  const tab = useWorkspace(frontTab);
  return tab ? tabQuery(tab) : null;
};

export const SideBar = () => {
  const collapsed = useWorkspace((state) => state.side?.collapsed ?? false);
  return collapsed ? <Rail /> : <Bar />;
};
