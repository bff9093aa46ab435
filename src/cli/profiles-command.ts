import { Command } from 'commander';
import type { ConnectionStep } from '../core/tenants/connection.ts';
import { capabilityWords } from '../shared/capability-words.ts';
import { DeskError } from '../shared/errors.ts';
import { explain } from '../shared/phrases/index.ts';
import { demoProfileId, ossResource, type ProfileInput, profileColors } from '../shared/profile.ts';
import { chosenOption, flagged, type OptionsOf, option } from './flagged.ts';
import { oneLine, print, printJson } from './output.ts';
import { readSecret } from './secret-input.ts';
import { wrongUsage } from './usage.ts';
import { withCore } from './with-core.ts';
import { examples, phrases, say } from './words.ts';

const inputOf = ({
  cloud,
  oss,
  name,
  appId,
  resource,
  label,
  color,
  allowChanges,
}: OptionsOf<ReturnType<typeof addFlags>>): ProfileInput => {
  const common = {
    name,
    appId,
    label,
    color,
    ...(allowChanges ? { access: 'read-write' as const } : {}),
  };
  if (cloud !== undefined) return { kind: 'cloud', tenantId: cloud, ...common };
  return { kind: 'oss', endpoint: oss ?? '', resource, ...common };
};

const marks = { ok: '✓', failed: '✗', skipped: '·' } as const;

const addFlags = () =>
  flagged('add')
    .description(say('profiles.add'))
    .addOption(option('--cloud <tenant-id>', say('profiles.cloud')).conflicts('oss'))
    .option('--oss <endpoint>', say('profiles.oss'))
    .requiredOption('--name <name>', say('profiles.name'))
    .requiredOption('--app-id <id>', say('profiles.appId'))
    .option('--resource <indicator>', say('profiles.resource'), ossResource)
    .option('--label <label>', say('profiles.label'), '')
    .addOption(chosenOption('--color <color>', say('profiles.color'), profileColors).default('blue'))
    .option('--secret-stdin', say('profiles.secretStdin'))
    .option('--allow-changes', say('profiles.allowChanges'));

const addCommand = () =>
  addFlags()
    .addHelpText(
      'after',
      examples(
        'printf %s "$SECRET" | desk profiles add --cloud a1b2c3 --name Prod --app-id xyz --secret-stdin',
      ),
    )
    .action(async (options, command) => {
      if (options.cloud === undefined && options.oss === undefined) {
        command.error(say('profiles.cloudOrOss'));
      }
      const input = inputOf(options);
      const secret = await readSecret(options.secretStdin ?? false);
      const profile = await withCore(command, (core) => core.profiles.add(input, secret, 'keychain'));
      print(say('profiles.added', profile));
    });

const listProfilesCommand = () =>
  flagged('list')
    .description(say('profiles.list'))
    .option('--json', say('json'))
    .action(async ({ json }, command) => {
      const profiles = await withCore(command, async (core) => core.profiles.list());
      if (json) printJson(profiles);
      else
        for (const { id, name, label, access, endpoint } of profiles)
          print([id, name, label || '-', access, endpoint].map(oneLine).join('\t'));
    });

const removeCommand = () =>
  flagged('remove')
    .description(say('profiles.remove'))
    .argument('<profile>', say('profiles.which'))
    .action(async (id, _options, command) => {
      const profile = await withCore(command, (core) => core.tenants.remove(id));
      print(say('profiles.removed', { id: profile.id }));
    });

const testCommand = () =>
  flagged('test')
    .description(say('profiles.test'))
    .argument('<profile>', say('profiles.whichOrDemo'))
    .action(async (id, _options, command) => {
      await withCore(command, async (core) => {
        for await (const step of core.tests.test({ profile: id })) {
          const name = phrases.t(`connection.steps.${step.id}`);
          print(
            [marks[step.state], name, noteOf(step), step.state === 'skipped' ? '' : `${step.ms} ms`]
              .filter(Boolean)
              .join('  '),
          );
          for (const words of step.found ? capabilityWords(phrases, step.found) : []) print(`   ${words}`);
          if (!step.error) continue;
          const { title, remedy } = explain(phrases, step.error);
          print(`   ${title}. ${remedy}`);
          throw new DeskError(step.error.code, step.error.detail);
        }
      });
    });

/** What a step says of itself; of a first page without a count, that. */
const noteOf = ({ id, state, note }: ConnectionStep): string =>
  id === 'page' && state === 'ok' && note === '' ? phrases.t('connection.notes.uncounted') : note;

/** Whether changes are allowed to a tenant at all; each run begins locked besides. */
const accessCommand = (name: string, access: 'read-write' | 'read-only', description: string) =>
  flagged(name)
    .description(description)
    .argument('<profile>', say('profiles.which'))
    .action(async (id, _options, command) => {
      if (id === demoProfileId) throw wrongUsage('<profile>', say('profiles.notDemo'));
      const profile = await withCore(command, (core) => core.profiles.setAccess(id, access));
      print(say('profiles.access', profile));
    });

/** `desk profiles …` */
export const profilesCommand = () =>
  new Command('profiles')
    .description(say('profiles.description'))
    .addCommand(addCommand())
    .addCommand(listProfilesCommand())
    .addCommand(accessCommand('allow-changes', 'read-write', say('profiles.allowChanges')))
    .addCommand(accessCommand('deny-changes', 'read-only', say('profiles.denyChanges')))
    .addCommand(removeCommand())
    .addCommand(testCommand());
