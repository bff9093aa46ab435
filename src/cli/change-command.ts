import { text as textOf } from 'node:stream/consumers';
import type { Core } from '../core/core.ts';
import { catalog, resourceOf } from '../shared/catalog/index.ts';
import {
  findOperation,
  type Operation,
  operations,
  operationsOf,
} from '../shared/change/operations/index.ts';
import type { PlanWanted, Selection } from '../shared/change/plan.ts';
import { stepInWords } from '../shared/phrases/change-words.ts';
import type { Query } from '../shared/query.ts';
import { isLine } from '../shared/search/line.ts';
import { finishPlan, withPlanOptions } from './apply-plan.ts';
import { unsetTyped, valuesTyped } from './change-values.ts';
import { conditionTyped } from './fields.ts';
import { flagged, type OptionsOf } from './flagged.ts';
import { progress } from './output.ts';
import { wholeNumber, withConditions } from './query-options.ts';
import { readSecret } from './secret-input.ts';
import { settledFirst } from './settled-first.ts';
import { textOfFile } from './text-file.ts';
import { tenantFor } from './the-tenant.ts';
import { unreadableUser } from './unreadable.ts';
import { wrongUsage } from './usage.ts';
import { withCore } from './with-core.ts';
import { examples, phrases, say } from './words.ts';
import { zoneFor } from './zone.ts';

const gather = (value: string, before: string[] = []) => [...before, value];

/** The operation that a word means: its id, with or without its list; to reactivate is to suspend with "no". */
const operationFor = (resource: string, word: string): { operation: Operation; set: string[] } => {
  const offered = operationsOf(resource);
  if (offered.length === 0) {
    const lists = [...new Set(operations.map((one) => one.resource))].join(', ');
    throw wrongUsage('<resource>', say('noList', { name: resource, lists }));
  }
  if (word === 'reactivate' && findOperation(`${resource}.suspend`))
    return { ...operationFor(resource, 'suspend'), set: ['isSuspended=false'] };
  const operation = offered.find(({ id }) => id === word || id === `${resource}.${word}`);
  if (!operation) {
    const names = offered.map(({ id }) => id.slice(resource.length + 1)).join(', ');
    throw wrongUsage('--do', say('change.notOperation', { resource, name: word, operations: names }));
  }
  return { operation, set: operation.id === 'users.suspend' ? ['isSuspended=true'] : [] };
};

/**
 * The objects of a command line: a search, conditions, everything, a list, ids, or a new one. No ids yet of a user whom the
 * server fails on: it has to be looked for.
 */
const selectionOf = async (
  resource: string,
  words: readonly string[],
  options: OptionsOf<ReturnType<typeof changeFlags>>,
): Promise<(profile: string) => Selection> => {
  const { parent = '', file, stdin, all, new: isNew, where = [], unreadable } = options;
  const line = words.join(' ').trim();
  const isSearch = line !== '' && isLine(line);
  const isView = isSearch || where.length > 0 || all === true;
  const isOne = unreadable !== undefined;
  const ways = [isView || line !== '', file !== undefined, stdin === true, isNew === true, isOne];
  const isMixed =
    (line !== '' && !isSearch && (where.length > 0 || all === true)) || (isSearch && all === true);
  if (ways.filter(Boolean).length !== 1 || isMixed) throw wrongUsage('[what...]', say('change.oneWay'));
  if (isOne && resource !== 'users') throw wrongUsage('--unreadable', say('change.onlyUsers'));
  if (isOne) return () => ({ kind: 'ids', parent, ids: [] });
  if (isNew) return () => ({ kind: 'new', parent });
  if (isView) {
    const query: Omit<Query, 'profile'> = {
      resource,
      filters: isSearch ? { search: [line] } : {},
      ...(parent ? { parent } : {}),
      ...(where.length > 0 ? { where: where.map((text) => conditionTyped(resourceOf(resource), text)) } : {}),
    };
    return (profile) => ({ kind: 'view', query: { ...query, profile } });
  }
  const list =
    file === undefined ? (stdin ? await textOf(process.stdin) : words.join('\n')) : await textOfFile(file);
  if (resource === 'users') return () => ({ kind: 'pasted', text: list });
  const ids = list.split(/\s+/).filter(Boolean);
  if (ids.length === 0) throw wrongUsage('[what...]', say('change.oneWay'));
  return () => ({ kind: 'ids', parent, ids });
};

/** Secrets that an operation takes: from standard input, never from the command line. */
const secretsOf = async (core: Core, { fields }: Operation, isFromStdin: boolean | undefined) => {
  const field = fields.find(
    ({ id, secret, required }) => secret && id === 'password' && (required || isFromStdin),
  );
  if (!field) return {};
  const password = await readSecret(isFromStdin ?? false, say('change.password'), '--password-stdin');
  return { [field.id]: core.changes.keepSecret(password) };
};

const lists = [...new Set(operations.map(({ resource }) => resource))].filter((id) =>
  catalog.some((one) => one.id === id),
);

const changeFlags = () =>
  withConditions(
    withPlanOptions(
      flagged('change')
        .description(say('change.description'))
        .argument('<resource>', say('query.resource', { lists: lists.join(', ') }))
        .argument('[what...]', say('change.what'))
        .option('--profile <profile>', say('profileOrOnly')),
    ),
  )
    .option(
      '--do <operation>',
      say('change.do', {
        operations: operations
          .filter(({ resource }) => lists.includes(resource))
          .map(({ id }) => id)
          .join(', '),
      }),
    )
    .option('--set <field=value>', say('change.set'), gather)
    .option('--unset <field>', say('change.unset'), gather)
    .option('--password-stdin', say('change.passwordStdin'))
    .option('--file <file>', say('change.file'))
    .option('--stdin', say('change.stdin'))
    .option('--all', say('change.every'))
    .option('--new', say('change.create'))
    .option('--unreadable <row>', say('change.unreadable'), wholeNumber(1, 100_000_000))
    .option('--parent <id>', say('change.parent'));

/** `desk change …` */
export const changeCommand = () =>
  changeFlags()
    .addHelpText(
      'after',
      examples(
        `desk change users 'email:$"@old.test"' --set customData.plan=pro --profile production --plan plan.json`,
        'desk change users kim@corp.example lee@corp.example --do addRoles --set roles=Editor --profile staging --unlock',
        'desk change users --file leavers.txt --do suspend --profile production --plan plan.json',
        `desk change users --where 'profile.locale is xx' --unset profile.locale --profile staging --unlock`,
        'desk change users --unreadable 1778 --set name=Kim --profile staging --unlock',
      ),
    )
    .action(async (resource, words, options, command) => {
      const word = options.do ?? (options.new ? 'create' : 'update');
      const { operation, set } = operationFor(resource, word);
      const isNew = options.new || operation.kind === 'create';
      const select = await selectionOf(resource, words, isNew ? { ...options, new: true } : options);
      await withCore(command, async (core, signal) => {
        const profile = await settledFirst(core, tenantFor(core, options.profile), signal);
        const asked: PlanWanted = {
          profile,
          operation: operation.id,
          on:
            options.unreadable === undefined
              ? select(profile)
              : {
                  kind: 'ids',
                  parent: '',
                  ids: [await unreadableUser(core, profile, options.unreadable, signal)],
                },
          values: {
            ...(await valuesTyped(
              core,
              profile,
              operation,
              [...set, ...(options.set ?? [])],
              zoneFor(command, core),
            )),
            ...(await secretsOf(core, operation, options.passwordStdin)),
          },
          unset: unsetTyped(operation, options.unset ?? []),
          forced: options.force ?? [],
        };
        const about = await core.changes.plan(asked, {
          signal,
          onStep: (step) => progress(stepInWords(phrases.t, step)),
        });
        progress('');
        await finishPlan(core, about, options, signal);
      });
    });
