import { spotlight } from '@mantine/spotlight';
import {
  type Icon,
  IconArrowLeft,
  IconArrowRight,
  IconClipboardList,
  IconCopyPlus,
  IconDownload,
  IconFolderOpen,
  IconHome,
  IconLock,
  IconPlus,
  IconSearch,
  IconX,
} from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { addTenant, exportFolder, openSnapshot, pasteList, showMirror } from '../state/dialogs';
import { lock } from '../state/lock';
import { useProfile } from '../state/profiles';
import { closeTab, showTab, tabQuery, useWorkspace } from '../state/workspace';

/** Where a command is given: the tab in front, and its tenant. */
export type Place = { tab: string | null; tenant: { id: string; name: string } | null };

/**
 * What an operator can have done: palette, keys, buttons and the help read it from here. A new one is a line in `commands`.
 */
export type Command = {
  id: string;
  label(t: TFunction, place: Place): string;
  icon: Icon;
  /** As the browser names keys, and as people read them. */
  key?: { code: string; shown: string };
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
    key: { code: 'mod+K', shown: 'Ctrl K' },
    do: () => spotlight.open(),
    isKeyOnly: true,
  },
  {
    id: 'close',
    label: (t) => t('palette.closeTab'),
    icon: IconX,
    key: { code: 'alt+W', shown: 'Alt W' },
    when: ({ tab }) => tab !== null,
    do: ({ tab }) => tab && closeTab(tab),
  },
  {
    id: 'next',
    label: (t) => t('tabs.next'),
    icon: IconArrowRight,
    key: { code: 'alt+ArrowRight', shown: 'Alt →' },
    do: () => step(1),
    isKeyOnly: true,
  },
  {
    id: 'previous',
    label: (t) => t('tabs.previous'),
    icon: IconArrowLeft,
    key: { code: 'alt+ArrowLeft', shown: 'Alt ←' },
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
    key: { code: 'alt+N', shown: 'Alt N' },
    do: addTenant,
  },
  {
    id: 'lock',
    label: (t) => t('lock.now'),
    icon: IconLock,
    key: { code: 'alt+L', shown: 'Alt L' },
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
