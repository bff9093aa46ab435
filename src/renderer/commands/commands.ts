import {
  IconFolderOpen,
  IconHome,
  IconKeyboard,
  IconLayoutGrid,
  IconLayoutSidebar,
  IconLock,
  IconPencil,
  IconPlus,
  IconProgressCheck,
  IconSearch,
  IconSwitchHorizontal,
} from '@tabler/icons-react';
import { locking } from '../../shared/locking';
import { demoProfileId } from '../../shared/profile';
import { keysOf } from '../common/keys';
import { stepRegion } from '../common/tabbing';
import { addTenant, editTenant, openSnapshot, showKeys } from '../state/dialogs';
import { canShowJobs, showJobs } from '../state/jobs';
import { lock } from '../state/lock';
import { openPalette } from '../state/palette';
import { profilesNow } from '../state/profiles';
import { showHome, showTab, showTenant, toggleSide } from '../state/workspace';
import { choiceCommands } from './choice-commands';
import { type Command, canGive, forTenant, type Place } from './command';
import { tabCommands } from './tab-commands';
import { tenantCommands } from './tenant-commands';
import { viewCommands } from './view-commands';

/** Digits are keys of a place: with Option or Shift some of them type something else. */
const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** The keys of the tenant at a place, as people read them; empty where it has none. */
export const tenantKey = (place: number): string =>
  place < digits.length ? keysOf(`alt+${place + 1}`).shown : '';

/** The tenant that a key names by its place. */
const tenantOf = (code: string | undefined) => profilesNow()[Number(code?.at(-1)) - 1];

const list = [
  {
    id: 'palette',
    label: (t) => t('palette.open'),
    icon: IconSearch,
    key: keysOf('mod+K'),
    do: openPalette,
    isUnlisted: true,
  },
  ...tabCommands,
  ...viewCommands,
  ...tenantCommands,
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
    label: locking.label,
    words: (t) => t('palette.words.lock'),
    icon: IconLock,
    key: keysOf(locking.key),
    do: lock,
    isUrgent: true,
  },
  {
    id: 'tenant',
    label: (t) => t('keys.tenants'),
    icon: IconSwitchHorizontal,
    key: { code: 'alt+Digit1', shown: `${tenantKey(0)} … ${digits.length}` },
    also: digits.flatMap((digit) => [...(digit > 1 ? [`alt+Digit${digit}`] : []), `alt+shift+Digit${digit}`]),
    when: ({ code }) => tenantOf(code) !== undefined,
    do: ({ code }) => {
      const tenant = tenantOf(code);
      if (tenant) showTenant(tenant.id);
    },
    isUnlisted: true,
  },
  {
    id: 'edit',
    label: (t, { tenant }) => t('tenant.edit', { name: tenant?.name ?? '' }),
    words: (t) => t('palette.words.edit'),
    icon: IconPencil,
    ...forTenant(editTenant, ({ id }) => id !== demoProfileId),
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
    isUnlisted: true,
  },
  {
    id: 'regionBack',
    label: (t) => t('keys.regionsBack'),
    icon: IconKeyboard,
    key: keysOf('shift+F6'),
    do: () => stepRegion(-1),
    isUnlisted: true,
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

/** A command by its id, for the button or the menu that gives it. */
export const commandOf = (id: (typeof list)[number]['id']): Command => {
  const found = commands.find((command) => command.id === id);
  if (!found) throw new Error(`there is no command "${id}"`);
  return found;
};

/** The commands that can be given in a place. */
export const commandsFor = (place: Place, all: readonly Command[] = commands): Command[] =>
  all.filter((command) => canGive(command, place));
