import { Popover, TextInput, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Query } from '../../shared/query';
import { isEnter } from '../common/keys';
import { ViewIcon } from '../common/resource-icons';
import { TenantMark } from '../common/TenantMark';
import { useViewTitle } from '../common/view-title';
import { useProfiles } from '../state/profiles';
import { showTab, type Tab, tabQuery, useWorkspace } from '../state/workspace';
import styles from './TabStrip.module.css';

type LineProps = { tab: Tab; query: Query; typed: string; onShow: (id: string) => void };

const Line = ({ tab, query, typed, onShow }: LineProps) => {
  const active = useWorkspace((state) => state.active);
  const profile = useProfiles().profiles.find(({ id }) => id === query.profile);
  const title = useViewTitle(query, tab.names);
  const text = `${title} ${profile?.name ?? ''}`.toLowerCase();
  const isFront = tab.id === active;
  const line = useRef<HTMLButtonElement>(null);
  // The list opens where the operator is.
  useEffect(() => {
    if (isFront) line.current?.scrollIntoView({ block: 'nearest' });
  }, [isFront]);
  if (!typed.split(/\s+/).every((word) => text.includes(word))) return null;
  return (
    <li>
      <UnstyledButton
        className={styles.line}
        ref={line}
        data-front={isFront || undefined}
        data-preview={tab.preview}
        aria-current={isFront || undefined}
        onClick={() => onShow(tab.id)}
      >
        <ViewIcon query={query} size={14} />
        <span className={styles.lineTitle}>{title}</span>
        {profile && <TenantMark profile={profile} size={14} />}
      </UnstyledButton>
    </li>
  );
};

/** Arrows go from the box to the lines and among them; Enter in the box is the first line. */
const walk = (event: KeyboardEvent<HTMLElement>) => {
  const lines = [...event.currentTarget.querySelectorAll<HTMLElement>('li>button')];
  const at = lines.indexOf(document.activeElement as HTMLElement);
  if (at < 0 && isEnter(event)) return lines[0]?.click();
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by === undefined) return;
  event.preventDefault();
  const to = at + by;
  if (to < 0) event.currentTarget.querySelector('input')?.focus();
  else lines[to]?.focus();
};

/** All open views by their names, however few of their tabs there is room for. */
export const OpenViews = () => {
  const { t } = useTranslation();
  const tabs = useWorkspace((state) => state.tabs);
  const [opened, setOpened] = useState(false);
  const [typed, setTyped] = useState('');
  const label = t('tabs.all', { count: tabs.length });
  const close = () => {
    setOpened(false);
    setTyped('');
  };
  return (
    <Popover
      opened={opened}
      onChange={(next) => (next ? setOpened(true) : close())}
      position="bottom-end"
      shadow="md"
      width={320}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <UnstyledButton
          className={styles.overflow}
          aria-label={label}
          title={label}
          onClick={() => (opened ? close() : setOpened(true))}
        >
          {tabs.length}
          <IconChevronDown size={13} />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p="3xs" aria-label={label} onKeyDown={walk}>
        <TextInput
          data-autofocus
          mb="4xs"
          aria-label={t('tabs.find')}
          placeholder={t('tabs.find')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value.toLowerCase())}
        />
        <ul className={styles.lines}>
          {tabs.map((tab) => {
            const query = tabQuery(tab);
            return (
              query && (
                <Line
                  key={tab.id}
                  tab={tab}
                  query={query}
                  typed={typed}
                  onShow={(id) => {
                    close();
                    showTab(id);
                  }}
                />
              )
            );
          })}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
};
