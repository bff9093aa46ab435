import { importFormats } from '../core/changes/import/file.ts';
import { LineReasons } from '../core/changes/import/line-result.ts';
import type { MatchField } from '../core/changes/import/people.ts';
import {
  type ImportAsked,
  type ImportKind,
  planImport,
  writeFailedLines,
} from '../core/changes/import/plan-import.ts';
import type { Change } from '../shared/change/change.ts';
import { stepInWords } from '../shared/phrases/change-words.ts';
import { finishPlan, withPlanOptions } from './apply-plan.ts';
import { chosenArgument, chosenOption, flagged, type OptionsOf, option } from './flagged.ts';
import { oneLine, progress, tell } from './output.ts';
import { plannedIn } from './plan-output.ts';
import { reasonOf } from './plan-words.ts';
import { settledFirst } from './settled-first.ts';
import { tenantFor } from './the-tenant.ts';
import { wrongUsage } from './usage.ts';
import { withCore } from './with-core.ts';
import { examples, phrases, say } from './words.ts';

/** What is in a file, as it is typed: organizations come with their members, and members with their organizations. */
const kinds = {
  users: 'users',
  organizations: 'members',
  members: 'members',
} as const satisfies Record<string, ImportKind>;

/** What users are found by, as it is typed. */
const matches = {
  id: 'id',
  email: 'primaryEmail',
  username: 'username',
  phone: 'primaryPhone',
} as const satisfies Record<string, MatchField>;

const gather = (value: string, before: string[] = []) => [...before, value];

/** `HEADING=FIELD` by its last `=`: fields have none. */
const mapOf = (texts: readonly string[] = []): Record<string, string> =>
  Object.fromEntries(
    texts.map((text) => {
      const at = text.lastIndexOf('=');
      if (at < 1) throw wrongUsage('--map', say('import.notMap'));
      return [text.slice(0, at).normalize('NFC').trim(), text.slice(at + 1).trim()];
    }),
  );

const askedOf = (
  kind: ImportKind,
  path: string,
  options: OptionsOf<ReturnType<typeof importFlags>>,
): Omit<ImportAsked, 'profile'> => ({
  path,
  kind,
  format: options.format,
  sheet: options.sheet,
  match: options.match === undefined ? undefined : matches[options.match],
  map: mapOf(options.map),
  clears: options.empty === 'clear',
  keepPasswords: options.keepPasswords ?? false,
  creates: options.createOrganizations ?? false,
  forced: options.force ?? [],
});

const importFlags = () =>
  withPlanOptions(
    flagged('import')
      .description(say('import.description'))
      .addArgument(chosenArgument('<kind>', say('import.kind'), Object.keys(kinds) as (keyof typeof kinds)[]))
      .argument('<file>', say('import.file'))
      .option('--profile <profile>', say('profileOrOnly')),
  )
    .addOption(chosenOption('--format <format>', say('import.format'), importFormats))
    .option('--sheet <name>', say('import.sheet'))
    .addOption(
      chosenOption('--match <field>', say('import.match'), Object.keys(matches) as (keyof typeof matches)[]),
    )
    .option('--map <mapping>', say('import.map'), gather)
    .addOption(chosenOption('--empty <what>', say('import.empty'), ['keep', 'clear']).default('keep'))
    .option('--keep-passwords', say('import.keepPasswords'))
    .option('--create-organizations', say('import.create'))
    .addOption(option('--dry-run', say('import.dryRun')).conflicts(['confirm', 'unlock']))
    .option('--failed <file>', say('import.failed'));

/** `desk import …` */
export const importCommand = () =>
  importFlags()
    .addHelpText(
      'after',
      examples(
        'desk import users people.csv --profile production --match email --dry-run --failed failed.csv',
        `desk import users people.xlsx --profile production --map 'Mail=primaryEmail' --map 'Note=' --plan plan.json`,
        'desk import members members.csv --profile staging --unlock',
        'desk import organizations customers.csv --profile staging --create-organizations --plan plan.json',
      ),
    )
    .action(async (kind, path, options, command) => {
      const given = askedOf(kinds[kind], path, options);
      await withCore(command, async (core, signal) => {
        const profile = await settledFirst(core, tenantFor(core, options.profile), signal);
        const asked = { ...given, profile };
        const deps = {
          pages: core.pages,
          sessionOf: core.sessionOf,
          changes: core.changes,
          settings: core.settings,
        };
        const { about, columns, leftOut, sheet, otherSheets, lines, joined } = await planImport(deps, asked, {
          signal,
          onStep: (step) => progress(stepInWords(phrases.t, step)),
        });
        progress('');
        tell(
          [
            `${path}: ${say('import.lines', { count: lines })}; ${columns.map(({ heading, field }) => say('import.column', { heading: oneLine(heading), field })).join(', ')}`,
            ...(leftOut.length > 0
              ? [say('import.leftOut', { columns: leftOut.map(oneLine).join(', ') })]
              : []),
            ...(sheet !== null && otherSheets.length > 0
              ? [say('import.sheetRead', { sheet, others: otherSheets.map(oneLine).join(', ') })]
              : []),
          ].join('\n'),
        );
        const found = new LineReasons();
        const byNumber = new Map<number, { line: number; target: Change['target'] }>();
        for await (const one of plannedIn(core, about.id)) {
          if (one.line === null) continue;
          const { number, target } = one.change;
          if (one.verdict === 'refused') found.note(one.line, target, reasonOf(one));
          else byNumber.set(number, { line: one.line, target });
        }
        const failing = async () => {
          const reasons = found.all(joined);
          if (options.failed === undefined || reasons.size === 0) return;
          const reason = (line: number) => reasons.get(line) ?? null;
          const count = await writeFailedLines(deps, asked, options.failed, reason);
          tell(say('changes.failedSaved', { count, path: options.failed }));
        };
        try {
          const applied = await finishPlan(core, about, options, signal);
          for (const [number, reason] of applied?.failed ?? []) {
            const one = byNumber.get(number);
            if (one) found.note(one.line, one.target, reason);
          }
        } finally {
          await failing();
        }
      });
    });
