import { spotlight } from '@mantine/spotlight';
import {
  type Icon,
  IconArrowBarLeft,
  IconArrowBarRight,
  IconArrowLeft,
  IconArrowRight,
  IconClipboardList,
  IconCopyPlus,
  IconDownload,
  IconFolderOpen,
  IconHome,
  IconLock,
  IconLockAccess,
  IconLockOpen,
  IconNotebook,
  IconPin,
  IconPlus,
  IconRotate,
  IconSearch,
  IconX,
} from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { canUnlock, isUnlocked, lockTenant, openJournal, unlockTenant } from '../changes/tenant';
import { type Keys, keysOf } from '../common/keys';
import { addTenant, exportFolder, openSnapshot, pasteList, showMirror } from '../state/dialogs';
import { lock } from '../state/lock';
import { useProfile } from '../state/profiles';
import {
  closeAll,
  closeOthers,
  closeRight,
  closeTab,
  keepFront,
  moveTabBy,
  reopenTab,
  showTab,
  tabQuery,
  useWorkspace,
} from '../state/workspace';

/** Where a command is given: the tab in front, and its tenant. */
export type Place = { tab: string | null; tenant: { id: string; name: string } | null };

/**
 * What an operator can have done: palette, keys, buttons and the help read it from here. A new one is a line in `commands`.
 */
export type Command = {
  id: string;
  label(t: TFunction, place: Place): string;
  icon: Icon;
  key?: Keys;
  /** Other keys that give it, as the page names them. */
  also?: readonly string[];
  /** Whether it can be given there; absent: everywhere. */
  when?(place: Place): boolean;
  do(place: Place): void;
  /** It is not listed in the palette, which is itself one. */
  isKeyOnly?: boolean;
};

const step = (by: number) => {
  const { tabs, active } = useWorkspace.getState();
  const at = tabs.findIndex(({ id }) => id === active);
  const next = tabs[(at + by + tabs.length) % tabs.length];
  if (next) showTab(next.id);
};

/** What is done with the tab in front. */
const forTab = (act: (tab: string) => void) => ({
  when: ({ tab }: Place) => tab !== null,
  do: ({ tab }: Place) => tab && act(tab),
});

/** What is done for the tenant in front. */
const forTenant = (act: (tenant: string) => void) => ({
  when: ({ tenant }: Place) => tenant !== null,
  do: ({ tenant }: Place) => tenant && act(tenant.id),
});

const list = [
  {
    id: 'palette',
    label: (t) => t('palette.open'),
    icon: IconSearch,
    key: keysOf('mod+K'),
    do: () => spotlight.open(),
    isKeyOnly: true,
  },
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
  {
    id: 'mirror',
    label: (t, { tenant }) => t('mirror.command', { tenant: tenant?.name ?? '' }),
    icon: IconCopyPlus,
    ...forTenant(showMirror),
  },
  {
    id: 'paste',
    label: (t, { tenant }) => t('paste.command', { tenant: tenant?.name ?? '' }),
    icon: IconClipboardList,
    ...forTenant(pasteList),
  },
  {
    id: 'unlockChanges',
    label: (t, { tenant }) => t('changing.unlockCommand', { tenant: tenant?.name ?? '' }),
    icon: IconLockOpen,
    when: ({ tenant }) => tenant !== null && canUnlock(tenant.id),
    do: ({ tenant }) => tenant && unlockTenant(tenant.id),
  },
  {
    id: 'lockChanges',
    label: (t, { tenant }) => t('changing.lockCommand', { tenant: tenant?.name ?? '' }),
    icon: IconLockAccess,
    when: ({ tenant }) => tenant !== null && isUnlocked(tenant.id),
    do: ({ tenant }) => tenant && lockTenant(tenant.id),
  },
  {
    id: 'journal',
    label: (t, { tenant }) => t('changing.journalCommand', { tenant: tenant?.name ?? '' }),
    icon: IconNotebook,
    ...forTenant(openJournal),
  },
  {
    id: 'folder',
    label: (t, { tenant }) => t('folder.command', { tenant: tenant?.name ?? '' }),
    icon: IconDownload,
    ...forTenant(exportFolder),
  },
  { id: 'snapshot', label: (t) => t('snapshot.openTitle'), icon: IconFolderOpen, do: () => openSnapshot() },
  {
    id: 'add',
    label: (t) => t('tenant.new'),
    icon: IconPlus,
    key: keysOf('alt+N'),
    do: addTenant,
  },
  {
    id: 'lock',
    label: (t) => t('lock.now'),
    icon: IconLock,
    key: keysOf('alt+L'),
    do: lock,
  },
  { id: 'home', label: (t) => t('nav.home'), icon: IconHome, do: () => showTab(null) },
] as const satisfies readonly Command[];

export const commands: readonly Command[] = list;

/** Where the operator is. */
export const usePlace = (): Place => {
  const active = useWorkspace((state) => state.active);
  const tab = useWorkspace(({ tabs }) => tabs.find(({ id }) => id === active));
  const tenant = useProfile((tab && tabQuery(tab)?.profile) ?? undefined);
  return { tab: tab?.id ?? null, tenant: tenant ?? null };
};

/** A command by its id, for the button that gives it. */
export const commandOf = (id: (typeof list)[number]['id']): Command => {
  const found = commands.find((command) => command.id === id);
  if (!found) throw new Error(`there is no command "${id}"`);
  return found;
};

/** The commands that can be given in a place. */
export const commandsFor = (place: Place, all: readonly Command[] = commands): Command[] =>
  all.filter(({ when }) => when?.(place) ?? true);
