import type { Command } from 'commander';
import { keepHeapSmall } from '../doors/memory.ts';

const commands: Readonly<Record<string, () => Promise<Command>>> = {
  profiles: async () => (await import('./profiles-command.ts')).profilesCommand(),
  list: async () => (await import('./list-command.ts')).listCommand(),
  export: async () => (await import('./export-command.ts')).exportCommand(),
  'export-tenant': async () => (await import('./export-tenant-command.ts')).exportTenantCommand(),
  copy: async () => (await import('./mirror-command.ts')).copyCommand(),
  find: async () => (await import('./find-command.ts')).findCommand(),
  dossier: async () => (await import('./dossier-command.ts')).dossierCommand(),
  search: async () => (await import('./mirror-command.ts')).searchCommand(),
  change: async () => (await import('./change-command.ts')).changeCommand(),
  import: async () => (await import('./import-command.ts')).importCommand(),
  apply: async () => (await import('./apply-command.ts')).applyCommand(),
  journal: async () => (await import('./journal-command.ts')).journalCommand(),
  changed: async () => (await import('./changed-command.ts')).changedCommand(),
  undo: async () => (await import('./undo-command.ts')).undoCommand(),
  snapshot: async () => (await import('./snapshot-command.ts')).snapshotCommand(),
  'open-snapshot': async () => (await import('./snapshot-command.ts')).openSnapshotCommand(),
  about: async () => (await import('./about-command.ts')).aboutCommand(),
};

/** Through these the rows of whole lists go. */
const streaming: readonly string[] = ['export', 'export-tenant', 'copy', 'find', 'snapshot'];

/** Other names of commands, as the commands themselves have them. */
const aliases: Readonly<Record<string, string>> = { mirror: 'copy' };

/**
 * The commands that a line may mean, loaded by their words: the program starts in a third of the time without the others.
 * All of them where help shows them, and where no word is a command's.
 */
export const commandsFor = (words: readonly string[]): Promise<Command[]> => {
  if (words[0] === '--version') return Promise.resolve([]);
  const said = words.map((word) => aliases[word] ?? word);
  const first = said.findIndex((word) => ['help', '--help', '-h'].includes(word) || word in commands);
  const meant = Object.keys(commands).filter((name) => said.includes(name));
  const names = said[first] !== undefined && said[first] in commands ? meant : Object.keys(commands);
  if (meant.some((name) => streaming.includes(name))) keepHeapSmall();
  return Promise.all(names.flatMap((name) => commands[name]?.() ?? []));
};
