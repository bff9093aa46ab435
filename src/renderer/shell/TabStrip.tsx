import { UnstyledButton } from '@mantine/core';
import { useCallbackRef } from '@mantine/hooks';
import { IconPin, IconX } from '@tabler/icons-react';
import {
  type CSSProperties,
  type DragEvent,
  type KeyboardEvent,
  type MouseEvent,
  memo,
  useEffect,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { Query } from '../../shared/query';
import { arriving } from '../common/arriving';
import { asksMenu, type MenuAt } from '../common/menu-at';
import { ViewIcon } from '../common/resource-icons';
import { useKeptNames, useViewTitle } from '../common/view-title';
import { type KnownProfile, useProfiles } from '../state/profiles';
import { besideOf } from '../state/split';
import { closeTab, keepTab, moveTab, showTab, type Tab, tabQuery, useWorkspace } from '../state/workspace';
import { meansList } from './means-list';
import styles from './TabStrip.module.css';
import { Unasked } from './Unasked';

// Menus are not part of the first draw.
const OpenViews = arriving(async () => (await import('./soon')).OpenViews);
const TabMenu = arriving(async () => (await import('./soon')).TabMenu);

type HandleProps = {
  tab: Tab;
  query: Query;
  profile: KnownProfile | undefined;
  front: boolean;
  /** It stands beside the one in front. */
  beside: boolean;
  /** Views of several tenants are open: each says whose it is. */
  named: boolean;
  onMenu: (id: string, at: MenuAt) => void;
  /** It is closed from the keyboard, whose focus stays in the strip. */
  onDelete: (id: string) => void;
};

const TabHandle = memo(({ tab, query, profile, front, beside, named, onMenu, onDelete }: HandleProps) => {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  const visited = useWorkspace((state) => state.visited.has(tab.id));
  const title = useViewTitle(query, tab.names);
  useKeptNames(tab, query, visited);
  const name = profile ? `${profile.name} · ${title}` : title;
  const menu = asksMenu((at) => onMenu(tab.id, at));
  return (
    <li
      className={styles.tab}
      data-front={front || undefined}
      data-beside={beside || undefined}
      data-preview={tab.preview}
      data-over={over || undefined}
      style={{ '--tenant': `var(--mantine-color-${profile?.color ?? 'gray'}-filled)` } as CSSProperties}
      onContextMenu={menu.onContextMenu}
      onDoubleClick={() => keepTab(tab.id)}
    >
      <UnstyledButton
        aria-current={front || undefined}
        className={styles.name}
        title={tab.preview ? `${name}\n${t('tabs.previewHint')}` : name}
        // One stop for Tab, arrows from there.
        tabIndex={front ? 0 : -1}
        data-tab
        draggable
        onClick={() => showTab(tab.id)}
        {...meansList(query)}
        onKeyDown={(event: KeyboardEvent) => {
          menu.onKeyDown(event);
          if (event.key === 'Delete') onDelete(tab.id);
        }}
        onAuxClick={(event: MouseEvent) => event.button === 1 && closeTab(tab.id)}
        onDragStart={(event: DragEvent) => event.dataTransfer.setData('text/x-tab', tab.id)}
        onDragOver={(event: DragEvent) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event: DragEvent) => {
          setOver(false);
          moveTab(event.dataTransfer.getData('text/x-tab'), tab.id);
        }}
      >
        <ViewIcon query={query} size={14} />
        <span className={styles.title}>{title}</span>
        {named && profile && <span className={styles.tenant}>{profile.name}</span>}
      </UnstyledButton>
      {tab.preview && (
        <UnstyledButton
          className={styles.button}
          tabIndex={-1}
          aria-label={t('tabs.keepTitle', { title: name })}
          title={t('tabs.keep')}
          onClick={() => keepTab(tab.id)}
        >
          <IconPin size={12} />
        </UnstyledButton>
      )}
      <UnstyledButton
        className={styles.button}
        tabIndex={-1}
        aria-label={t('tabs.close', { title: name })}
        onClick={() => closeTab(tab.id)}
      >
        <IconX size={12} />
      </UnstyledButton>
    </li>
  );
});

/** Moves the focus among tabs. */
const walk = (event: KeyboardEvent<HTMLElement>) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-tab]')];
  const at = all.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: all.length - 1 }[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  all[to]?.focus();
};

/** The open views, of all tenants side by side; the bar above each is its tenant's colour. */
export const TabStrip = () => {
  const { t } = useTranslation();
  const tabs = useWorkspace((state) => state.tabs);
  const active = useWorkspace((state) => state.active);
  const beside = useWorkspace((state) => besideOf(state.split, state.active));
  const { profiles } = useProfiles();
  const [menu, setMenu] = useState<{ id: string; at: MenuAt } | null>(null);
  const strip = useRef<HTMLElement>(null);
  const shown = tabs.flatMap((tab) => {
    const query = tabQuery(tab);
    return query ? [{ tab, query }] : [];
  });
  const openMenu = useCallbackRef((id: string, at: MenuAt) => setMenu({ id, at }));
  const remove = useCallbackRef((id: string) => {
    flushSync(() => closeTab(id));
    strip.current?.querySelector<HTMLElement>('[data-front] [data-tab]')?.focus();
  });
  const named = new Set(shown.map(({ query }) => query.profile)).size > 1;

  // The tab in front is in sight: when another one comes there, when its title is known, when the window gets narrower.
  const front = () => strip.current?.querySelector('[data-front]');
  // biome-ignore lint/correctness/useExhaustiveDependencies: it has to be looked at after every drawing
  useEffect(() => {
    // Once the view is drawn: before, all of the page would be laid out for it, and then again for the rows.
    const later = setTimeout(() => front()?.scrollIntoView({ block: 'nearest', inline: 'nearest' }));
    return () => clearTimeout(later);
  }, [tabs, active]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: made once
  useEffect(() => {
    const place = strip.current;
    if (!place) return;
    const sized = new ResizeObserver(() => front()?.scrollIntoView({ block: 'nearest', inline: 'nearest' }));
    sized.observe(place);
    const wheeled = (event: WheelEvent) => {
      if (event.deltaX === 0) place.scrollLeft += event.deltaY;
    };
    place.addEventListener('wheel', wheeled, { passive: true });
    return () => {
      sized.disconnect();
      place.removeEventListener('wheel', wheeled);
    };
  }, []);

  return (
    <div className={styles.row}>
      <nav ref={strip} className={styles.strip} aria-label={t('tabs.strip')} onKeyDown={walk}>
        <ul className={styles.tabs}>
          {shown.map(({ tab, query }) => (
            <TabHandle
              key={tab.id}
              tab={tab}
              query={query}
              profile={profiles.find(({ id }) => id === query.profile)}
              front={tab.id === active}
              beside={tab.id === beside}
              named={named}
              onMenu={openMenu}
              onDelete={remove}
            />
          ))}
        </ul>
      </nav>
      <Unasked>
        <OpenViews />
      </Unasked>
      <Unasked>{menu && <TabMenu {...menu} onClose={() => setMenu(null)} />}</Unasked>
    </div>
  );
};
