import {
  IconClipboardList,
  IconCopyPlus,
  IconDownload,
  IconFileCheck,
  IconFileExport,
  IconFileText,
  IconFolderOpen,
  IconHome,
  IconKeyboard,
  IconLayoutGrid,
  IconLayoutSidebar,
  IconLock,
  IconLockAccess,
  IconLockOpen,
  IconNotebook,
  IconPencil,
  IconPlus,
  IconProgressCheck,
  IconSearch,
  IconTableImport,
} from '@tabler/icons-react';
import { demoProfileId } from '../../shared/profile';
import { canChange, canUnlock, isUnlocked, lockTenant, openJournal, unlockTenant } from '../changes/tenant';
import { keysOf } from '../common/keys';
import { stepRegion } from '../common/tabbing';
import { openSeen } from '../seen/open';
import {
  addTenant,
  askDossier,
  editTenant,
  exportFolder,
  importFile,
  openPlanFile,
  openSnapshot,
  pasteList,
  showKeys,
  showMirror,
  takeSnapshot,
} from '../state/dialogs';
import { canShowJobs, showJobs } from '../state/jobs';
import { lock } from '../state/lock';
import { openPalette } from '../state/palette';
import { useProfile } from '../state/profiles';
import { showHome, showTab, tabQuery, toggleSide, useWorkspace } from '../state/workspace';
import { choiceCommands } from './choice-commands';
import { type Command, forTenant, type Place } from './command';
import { tabCommands } from './tab-commands';
import { viewCommands } from './view-commands';

export type { Command, Place } from './command';

const list = [
  {
    id: 'palette',
    label: (t) => t('palette.open'),
    icon: IconSearch,
    key: keysOf('mod+K'),
    do: openPalette,
    isKeyOnly: true,
  },
  ...tabCommands,
  ...viewCommands,
  {
    id: 'mirror',
    label: (t, { tenant }) => t('mirror.command', { tenant: tenant?.name ?? '' }),
    words: (t) => t('palette.words.mirror'),
    icon: IconCopyPlus,
    ...forTenant(showMirror),
  },
  {
    id: 'seen',
    label: (t, { tenant }) => t('seen.command', { tenant: tenant?.name ?? '' }),
    words: (t) => t('palette.words.seen'),
    icon: IconClipboardList,
    ...forTenant(openSeen),
  },
  {
    id: 'paste',
    label: (t, { tenant }) => t('paste.command', { tenant: tenant?.name ?? '' }),
    words: (t) => t('palette.words.paste'),
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
    id: 'import',
    label: (t, { tenant }) => t('importing.command', { tenant: tenant?.name ?? '' }),
    icon: IconTableImport,
    when: ({ tenant }) => tenant !== null && canChange(tenant.id),
    do: ({ tenant }) => tenant && importFile(tenant.id),
  },
  {
    id: 'planFile',
    label: (t, { tenant }) => t('importing.openPlanCommand', { tenant: tenant?.name ?? '' }),
    icon: IconFileCheck,
    when: ({ tenant }) => tenant !== null && canChange(tenant.id),
    do: ({ tenant }) => tenant && openPlanFile(tenant.id),
  },
  {
    id: 'folder',
    label: (t, { tenant }) => t('folder.command', { tenant: tenant?.name ?? '' }),
    words: (t) => t('palette.words.folder'),
    icon: IconDownload,
    ...forTenant(exportFolder),
  },
  {
    id: 'dossier',
    label: (t, { tenant }) => t('dossier.command', { tenant: tenant?.name ?? '' }),
    words: (t) => t('palette.words.dossier'),
    icon: IconFileText,
    ...forTenant((tenant) => askDossier(tenant)),
  },
  {
    id: 'takeSnapshot',
    label: (t, { tenant }) => t('snapshot.command', { tenant: tenant?.name ?? '' }),
    words: (t) => t('palette.words.takeSnapshot'),
    icon: IconFileExport,
    when: ({ tenant }) => tenant !== null && tenant.kind !== 'snapshot',
    do: ({ tenant }) => tenant && takeSnapshot(tenant.id),
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
    words: (t) => t('palette.words.lock'),
    icon: IconLock,
    key: keysOf('alt+L'),
    do: lock,
    isUrgent: true,
  },
  {
    id: 'edit',
    label: (t, { tenant }) => t('tenant.edit', { name: tenant?.name ?? '' }),
    words: (t) => t('palette.words.edit'),
    icon: IconPencil,
    when: ({ tenant }) => tenant !== null && tenant.id !== demoProfileId,
    do: ({ tenant }) => tenant && editTenant(tenant.id),
  },
  {
    id: 'tenantHome',
    label: (t, { tenant }) => t('home.open', { tenant: tenant?.name ?? '' }),
    icon: IconHome,
    key: keysOf('alt+H'),
    ...forTenant(showHome),
  },
  {
    id: 'jobs',
    label: (t) => t('jobs.title'),
    icon: IconProgressCheck,
    key: keysOf('alt+J'),
    when: canShowJobs,
    do: showJobs,
  },
  { id: 'home', label: (t) => t('home.all'), icon: IconLayoutGrid, do: () => showTab(null) },
  ...choiceCommands,
  {
    id: 'sideBar',
    label: (t) => t('nav.sideBar'),
    icon: IconLayoutSidebar,
    key: keysOf('mod+B'),
    do: toggleSide,
  },
  {
    id: 'region',
    label: (t) => t('keys.regions'),
    icon: IconKeyboard,
    key: keysOf('F6'),
    do: () => stepRegion(1),
    isKeyOnly: true,
  },
  {
    id: 'regionBack',
    label: (t) => t('keys.regionsBack'),
    icon: IconKeyboard,
    key: keysOf('shift+F6'),
    do: () => stepRegion(-1),
    isKeyOnly: true,
  },
  {
    id: 'keys',
    label: (t) => t('keys.title'),
    words: (t) => t('palette.words.keys'),
    icon: IconKeyboard,
    key: { code: 'shift+?', shown: '?' },
    do: showKeys,
  },
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
