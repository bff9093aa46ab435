import {
  IconClipboardList,
  IconCopyPlus,
  IconDownload,
  IconFileCheck,
  IconFileExport,
  IconFileText,
  IconLockAccess,
  IconLockOpen,
  IconNotebook,
  IconTableImport,
} from '@tabler/icons-react';
import type { ImportKind } from '../../shared/change/import-asked';
import { canChange, canUnlock, isUnlocked, lockTenant, unlockTenant } from '../state/changing';
import {
  askDossier,
  exportFolder,
  importFile,
  openPlanFile,
  pasteList,
  showMirror,
  takeSnapshot,
} from '../state/dialogs';
import { openJournal, openSeen } from '../state/own-views';
import { type Command, forTenant } from './command';

const imports: Readonly<Record<string, ImportKind>> = {
  users: 'users',
  organizations: 'members',
  'organization-users': 'members',
};

/** What a file is imported into from a list. */
const importedInto = (list: string | undefined): ImportKind | undefined =>
  list === undefined ? undefined : imports[list];

/** What is done for a tenant. */
export const tenantCommands = [
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
    ...forTenant(unlockTenant, ({ id }) => canUnlock(id)),
  },
  {
    id: 'lockChanges',
    label: (t, { tenant }) => t('changing.lockCommand', { tenant: tenant?.name ?? '' }),
    icon: IconLockAccess,
    ...forTenant(lockTenant, ({ id }) => isUnlocked(id)),
  },
  {
    id: 'journal',
    label: (t, { tenant }) => t('changing.journalCommand', { tenant: tenant?.name ?? '' }),
    icon: IconNotebook,
    ...forTenant(openJournal),
  },
  {
    id: 'import',
    label: (t, { tenant, list }) => {
      const kind = importedInto(list);
      return kind ? t(`importing.${kind}`) : t('importing.command', { tenant: tenant?.name ?? '' });
    },
    icon: IconTableImport,
    when: ({ tenant, list }) =>
      tenant !== null && canChange(tenant.id) && (list === undefined || importedInto(list) !== undefined),
    do: ({ tenant, list }) => tenant && importFile(tenant.id, importedInto(list)),
  },
  {
    id: 'planFile',
    label: (t, { tenant }) => t('importing.openPlanCommand', { tenant: tenant?.name ?? '' }),
    icon: IconFileCheck,
    ...forTenant(openPlanFile, ({ id }) => canChange(id)),
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
    ...forTenant(takeSnapshot, ({ kind }) => kind !== 'snapshot'),
  },
] as const satisfies readonly Command[];
