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
import { toggleSplit } from '../state/split-tabs';
import {
  closeAll,
  closeOthers,
  closeRight,
  closeTab,
  keepFront,
  moveTabBy,
  reopenTab,
  showTab,
  useWorkspace,
} from '../state/workspace';
import { type Command, forTab } from './command';

const step = (by: number) => {
  const { tabs, active } = useWorkspace.getState();
  const at = tabs.findIndex(({ id }) => id === active);
  const next = tabs[(at + by + tabs.length) % tabs.length];
  if (next) showTab(next.id);
};

/** What is done with open views. */
export const tabCommands = [
  {
    id: 'close',
    label: (t) => t('palette.closeTab'),
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
    do: keepFront,
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
  { id: 'closeOthers', label: (t) => t('tabs.closeOthers'), icon: IconX, ...forTab(closeOthers) },
  { id: 'closeRight', label: (t) => t('tabs.closeRight'), icon: IconX, ...forTab(closeRight) },
  { id: 'closeAll', label: (t) => t('tabs.closeAll'), icon: IconX, ...forTab(closeAll) },
  {
    id: 'moveLeft',
    label: (t) => t('tabs.moveLeft'),
    icon: IconArrowBarLeft,
    key: keysOf('alt+shift+ArrowLeft'),
    ...forTab((tab) => moveTabBy(tab, -1)),
    isKeyOnly: true,
  },
  {
    id: 'moveRight',
    label: (t) => t('tabs.moveRight'),
    icon: IconArrowBarRight,
    key: keysOf('alt+shift+ArrowRight'),
    ...forTab((tab) => moveTabBy(tab, 1)),
    isKeyOnly: true,
  },
  {
    id: 'next',
    label: (t) => t('tabs.next'),
    icon: IconArrowRight,
    key: keysOf('alt+ArrowRight'),
    do: () => step(1),
    isKeyOnly: true,
  },
  {
    id: 'previous',
    label: (t) => t('tabs.previous'),
    icon: IconArrowLeft,
    key: keysOf('alt+ArrowLeft'),
    do: () => step(-1),
    isKeyOnly: true,
  },
] as const satisfies readonly Command[];
