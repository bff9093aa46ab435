import { Command, Option } from 'commander';
import { capabilityWords } from '../shared/capability-words.ts';
import { DeskError } from '../shared/errors.ts';
import { createPhrases, explain } from '../shared/phrases/index.ts';
import { ossResource, type ProfileInput, profileColors } from '../shared/profile.ts';
import { oneLine, print, printJson } from './output.ts';
import { readSecret } from './secret-input.ts';
import { withCore } from './with-core.ts';

type AddOptions = {
  cloud?: string;
  oss?: string;
  name: string;
  appId: string;
  resource: string;
  label: string;
  color: (typeof profileColors)[number];
  secretStdin?: boolean;
  json?: boolean;
};

const inputOf = ({ cloud, oss, name, appId, resource, label, color }: AddOptions): ProfileInput => {
  const common = {
    name,
    appId,
    label,
    color,
  };
  if (cloud !== undefined) return { kind: 'cloud', tenantId: cloud, ...common };
  return { kind: 'oss', endpoint: oss ?? '', resource, ...common };
};

const marks = { ok: '✓', failed: '✗', skipped: '·' } as const;

const addCommand = () =>
  new Command('add')
    .description('add a tenant; its secret goes to the keychain')
    .addOption(new Option('--cloud <tenant-id>', 'a tenant of Logto Cloud').conflicts('oss'))
    .option('--oss <endpoint>', 'a server of your own, e.g. https://auth.example.com')
    .requiredOption('--name <name>', 'what you call it')
    .requiredOption('--app-id <id>', 'App ID of a machine-to-machine app')
    .option('--resource <indicator>', 'API indicator of an OSS server', ossResource)
    .option('--label <label>', 'production, staging, …', '')
    .addOption(
      new Option('--color <color>', 'its colour in the window').choices(profileColors).default('blue'),
    )
    .option('--secret-stdin', 'read the secret from standard input instead of a prompt')
    .addHelpText(
      'after',
      '\nExample:\n  printf %s "$SECRET" | desk profiles add --cloud a1b2c3 --name Prod --app-id xyz --secret-stdin',
    )
    .action(async (options: AddOptions, command: Command) => {
      if (options.cloud === undefined && options.oss === undefined) {
        command.error('error: one of --cloud <tenant-id> and --oss <endpoint> is needed');
      }
      const input = inputOf(options);
      const secret = await readSecret(options.secretStdin ?? false);
      const profile = await withCore(command, (core) => core.profiles.add(input, secret, 'keychain'));
      print(`Added ${profile.id} (${profile.endpoint}, ${profile.access})`);
    });

const listProfilesCommand = () =>
  new Command('list')
    .description('list the stored tenants')
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }, command: Command) => {
      const profiles = await withCore(command, async (core) => core.profiles.list());
      if (json) printJson(profiles);
      else
        for (const { id, name, label, access, endpoint } of profiles)
          print([id, name, label || '-', access, endpoint].map(oneLine).join('\t'));
    });

const removeCommand = () =>
  new Command('remove')
    .description('remove a tenant and its secret from this computer')
    .argument('<profile>', 'id or name')
    .action(async (id: string, _options: object, command: Command) => {
      const profile = await withCore(command, (core) => core.tenants.remove(id));
      print(`Removed ${profile.id} and its secret`);
    });

const testCommand = () =>
  new Command('test')
    .description('test the connection to a tenant, step by step')
    .argument('<profile>', 'id or name, or demo')
    .action(async (id: string, _options: object, command: Command) => {
      const phrases = createPhrases();
      await withCore(command, async (core) => {
        for await (const step of core.tests.test({ profile: id })) {
          const name = phrases.t(`connection.steps.${step.id}`);
          print(
            [marks[step.state], name, step.note, step.state === 'skipped' ? '' : `${step.ms} ms`]
              .filter(Boolean)
              .join('  '),
          );
          for (const words of step.found ? capabilityWords(phrases, step.found) : []) print(`   ${words}`);
          if (!step.error) continue;
          const { title, next } = explain(phrases, step.error);
          print(`   ${title}. ${next}`);
          throw new DeskError(step.error.code, step.error.detail);
        }
      });
    });

/** `desk profiles …` */
export const profilesCommand = () =>
  new Command('profiles')
    .description('add, list, remove and test tenants')
    .addCommand(addCommand())
    .addCommand(listProfilesCommand())
    .addCommand(removeCommand())
    .addCommand(testCommand());
