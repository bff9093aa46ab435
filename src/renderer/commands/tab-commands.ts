import {
  IconArrowBarLeft,
  IconArrowBarRight,
  IconArrowLeft,
  IconArrowRight,
  IconLayoutColumns,
  IconPin,
  IconRotate,
  IconX,
} from '@tabler/icons-react';
import { keysOf } from '../common/keys';
import { besideOf } from '../state/split';
import { splitTab, toggleSplit } from '../state/split-tabs';
import {
  closeAll,
  closeOthers,
  closeRight,
  closeTab,
  keepTab,
  moveTabBy,
  reopenTab,
  showTab,
  useWorkspace,
} from '../state/workspace';
import { type Command, forTab, type Place } from './command';

const step = (by: number) => {
  const { tabs, active } = useWorkspace.getState();
  const at = tabs.findIndex(({ id }) => id === active);
  const next = tabs[(at + by + tabs.length) % tabs.length];
  if (next) showTab(next.id);
};

/** The place of a tab, from 0, and that of the last one. */
const placed = (id: string | null) => {
  const { tabs } = useWorkspace.getState();
  return { at: tabs.findIndex((tab) => tab.id === id), last: tabs.length - 1 };
};

/** What is done with a tab where its place lets it. */
const wherePlaced = (isSo: (place: { at: number; last: number }) => boolean, act: (tab: string) => void) => ({
  ...forTab(act),
  when: ({ tab }: Place) => {
    const place = placed(tab);
    return place.at >= 0 && isSo(place);
  },
});

/** What is done with open views. */
export const tabCommands = [
  {
    id: 'close',
    label: (t) => t('tabs.closeThis'),
    icon: IconX,
    key: keysOf('alt+W'),
    ...forTab(closeTab),
  },
  {
    id: 'reopen',
    label: (t) => t('tabs.reopen'),
    icon: IconRotate,
    // A browser keeps the first of them for its own tabs.
    key: keysOf('mod+shift+T'),
    also: ['alt+shift+T'],
    when: () => useWorkspace.getState().gone.length > 0,
    do: reopenTab,
  },
  {
    id: 'keep',
    label: (t) => t('tabs.keep'),
    icon: IconPin,
    when: ({ tab }) => useWorkspace.getState().tabs.some(({ id, preview }) => id === tab && preview),
    do: ({ tab }) => tab && keepTab(tab),
  },
  {
    id: 'split',
    label: (t) => t(useWorkspace.getState().split ? 'tabs.unsplit' : 'tabs.split'),
    words: (t) => t('palette.words.split'),
    icon: IconLayoutColumns,
    key: keysOf('alt+V'),
    when: () => useWorkspace.getState().active !== null && useWorkspace.getState().tabs.length > 1,
    do: toggleSplit,
  },
  {
    id: 'beside',
    label: (t) => t('tabs.beside'),
    icon: IconLayoutColumns,
    when: ({ tab }) => {
      const { tabs, split, active } = useWorkspace.getState();
      return tab !== null && tabs.length > 1 && besideOf(split, active) !== tab;
    },
    do: ({ tab }) => tab && splitTab(tab),
    isUnlisted: true,
  },
  {
    id: 'closeOthers',
    label: (t) => t('tabs.closeOthers'),
    icon: IconX,
    ...wherePlaced(({ last }) => last > 0, closeOthers),
  },
  {
    id: 'closeRight',
    label: (t) => t('tabs.closeRight'),
    icon: IconX,
    ...wherePlaced(({ at, last }) => at < last, closeRight),
  },
  { id: 'closeAll', label: (t) => t('tabs.closeAll'), icon: IconX, ...forTab(closeAll) },
  {
    id: 'moveLeft',
    label: (t) => t('tabs.moveLeft'),
    icon: IconArrowBarLeft,
    key: keysOf('alt+shift+ArrowLeft'),
    ...wherePlaced(
      ({ at }) => at > 0,
      (tab) => moveTabBy(tab, -1),
    ),
    isUnlisted: true,
  },
  {
    id: 'moveRight',
    label: (t) => t('tabs.moveRight'),
    icon: IconArrowBarRight,
    key: keysOf('alt+shift+ArrowRight'),
    ...wherePlaced(
      ({ at, last }) => at < last,
      (tab) => moveTabBy(tab, 1),
    ),
    isUnlisted: true,
  },
  {
    id: 'next',
    label: (t) => t('tabs.next'),
    icon: IconArrowRight,
    key: keysOf('alt+ArrowRight'),
    do: () => step(1),
    isUnlisted: true,
  },
  {
    id: 'previous',
    label: (t) => t('tabs.previous'),
    icon: IconArrowLeft,
    key: keysOf('alt+ArrowLeft'),
    do: () => step(-1),
    isUnlisted: true,
  },
] as const satisfies readonly Command[];
