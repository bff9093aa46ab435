import { Menu, Tabs } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { memo, type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Related } from '../../shared/catalog';
import { relatedTitle } from '../../shared/phrases/catalog-words';
import { valueAt } from '../../shared/row';
import { History } from '../changes/History';
import { useChangesState } from '../changes/state';
import { IconButton } from '../common/IconButton';
import { chooseEnd } from '../common/tabbing';
import { number } from '../i18n';
import { Access } from './Access';
import { Fields } from './Fields';
import { Json } from './Json';
import styles from './ObjectSections.module.css';
import { Overview } from './Overview';
import { overviewOf } from './overviews';
import { RelatedList } from './RelatedList';
import { idBelow, relatedId, relatedPage, relatedQuery } from './related';
import { relatedCount } from './related-count';
import type { Shown } from './use-object';

/** From this width on the sections stand beside what they show, px; below it they are one line. */
const wideFrom = 600;

/** Lists whose rows may have access to something. */
const withAccess = ['users', 'applications'] as const;

/** Counts that a row carries of what is nested under it. */
const carried: Readonly<Record<string, string | undefined>> = {
  'role-users': 'usersCount',
  'role-applications': 'applicationsCount',
  'organization-users': 'usersCount',
};

/** `related`: the list whose rows are counted; undefined where there is nothing to count. */
type Section = { id: string; title: string; related?: Related; show: () => ReactNode };

/** How many rows a related list has, as far as that was read: nothing is asked for it. The others stand when it comes. */
const Count = ({ shown, related, isHeard }: { shown: Shown; related: Related; isHeard: boolean }) => {
  const { query, row, id } = shown;
  const { data: page } = useQuery({
    ...relatedPage(relatedQuery(query, related, row ? idBelow(related, row, id) : id)),
    enabled: false,
  });
  const path = carried[related.resource];
  const told = row && path ? valueAt(row, path) : undefined;
  const { rows, atLeast } = page ? relatedCount(page) : { rows: Number(told), atLeast: false };
  const isKnown = page ? rows > 0 || !atLeast : typeof told === 'number';
  return (
    <span className={styles.count} aria-hidden={!isHeard || undefined}>
      {isKnown && `${number(rows)}${atLeast ? '+' : ''}`}
    </span>
  );
};

/** Whether there is room for a side list. What is shown grows as it comes, which is none of its matter. */
const useWide = () => {
  const [isWide, setWide] = useState(false);
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return;
    const sized = new ResizeObserver(() => setWide(element.clientWidth >= wideFrom));
    sized.observe(element);
    return () => sized.disconnect();
  }, []);
  return { ref, isWide };
};

/** What is known of a row, by sections: a side list with counts, in a narrow panel one line and a menu. */
export const ObjectSections = memo(({ shown }: { shown: Shown }) => {
  const { t } = useTranslation();
  const { query, id, listed, resource, row, columns, related } = shown;
  const { profile } = query;
  const changes = useChangesState(profile);
  // What was done stays known where nothing may be done any more.
  const hasHistory = changes?.access === 'read-write' || changes?.journaled === true;
  const { ref, isWide } = useWide();
  const overview = overviewOf(resource.id);
  const [chosen, setChosen] = useState<string | null>(overview ? 'overview' : 'fields');
  const accessing = withAccess.find((one) => one === resource.id);
  if (!row) return null;
  const section = (name: string, title: string, show: () => ReactNode): Section => ({
    id: name,
    title,
    show,
  });
  const sections: Section[] = [
    ...(overview
      ? [
          section('overview', t('row.overview'), () => (
            <Overview shown={shown} row={row} overview={overview} onSection={setChosen} />
          )),
        ]
      : []),
    section('fields', t('row.fields'), () => (
      <Fields profile={profile} list={resource.id} columns={columns} row={row} />
    )),
    ...related.map((one) => ({
      ...section(relatedId(one), relatedTitle(t, resource.id, one), () => (
        <RelatedList from={query} related={one} id={idBelow(one, row, id)} />
      )),
      related: one,
    })),
    ...(accessing
      ? [section('access', t('access.title'), () => <Access profile={profile} list={accessing} id={id} />)]
      : []),
    section('json', t('row.json'), () => <Json resource={listed} row={row} />),
    ...(hasHistory
      ? [
          section('history', t('changing.history'), () => (
            <History profile={profile} resource={resource.id} id={id} />
          )),
        ]
      : []),
  ];
  const current = sections.find((one) => one.id === chosen) ?? sections[0];
  return (
    <Tabs
      ref={ref}
      value={current?.id ?? null}
      onChange={setChosen}
      keepMounted={false}
      orientation={isWide ? 'vertical' : 'horizontal'}
      className={styles.sections}
      classNames={{ panel: styles.body, tab: styles.tab, list: styles.list, tabLabel: styles.label }}
      data-wide={isWide || undefined}
    >
      <div className={styles.bar}>
        <Strip chosen={current?.id ?? ''} isWide={isWide} label={t('row.sections')}>
          {sections.map((one) => (
            <Tabs.Tab
              key={one.id}
              value={one.id}
              // It has its room before it comes: tabs that move are missed.
              rightSection={one.related && <Count shown={shown} related={one.related} isHeard={false} />}
            >
              {one.title}
            </Tabs.Tab>
          ))}
        </Strip>
        {!isWide && (
          <AllSections shown={shown} sections={sections} chosen={current?.id ?? ''} onChoose={setChosen} />
        )}
      </div>
      {sections.map((one) => (
        <Tabs.Panel key={one.id} value={one.id} tabIndex={0}>
          {one.show()}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
});

type StripProps = { chosen: string; isWide: boolean; label: string; children: ReactNode };

/** The sections' names; in one line, the chosen one is in sight. */
const Strip = ({ chosen, isWide, label, children }: StripProps) => {
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is chosen says which one is active
  useEffect(() => {
    const tab = list.current?.querySelector<HTMLElement>('[data-active]');
    if (!isWide && tab) tab.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [chosen, isWide]);
  return (
    <Tabs.List ref={list} aria-label={label} onKeyDownCapture={chooseEnd}>
      {children}
    </Tabs.List>
  );
};

type AllProps = {
  shown: Shown;
  sections: readonly Section[];
  chosen: string;
  onChoose: (id: string) => void;
};

/** All sections in a menu, for a line that has no room for them. */
const AllSections = ({ shown, sections, chosen, onChoose }: AllProps) => {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end" shadow="md" withinPortal>
      <Menu.Target>
        <IconButton size={24} label={t('row.allSections')}>
          <IconChevronDown size={14} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown className={styles.menu ?? ''}>
        {sections.map((one) => (
          <Menu.Item
            key={one.id}
            aria-current={one.id === chosen || undefined}
            rightSection={one.related && <Count shown={shown} related={one.related} isHeard />}
            onClick={() => onChoose(one.id)}
          >
            {one.title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};
