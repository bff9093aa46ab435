import type { i18n } from 'i18next';
import { findResource } from '../catalog/index.ts';
import type { Change } from '../change/change.ts';
import { invalidFields } from '../change/checks.ts';
import { type EditField, findOperation } from '../change/operations/index.ts';
import type { LineFault, Planned } from '../change/plan.ts';
import { titleInText } from './catalog-words.ts';
import { changeField } from './change-words.ts';
import { reasonInWords } from './reason-words.ts';

type Translate = (key: string, values?: object) => string;

/** A change that a guard refuses, and what that is about. */
export type Refused = Pick<Planned, 'guard' | 'about' | 'faults'> & { change: Pick<Change, 'operation'> };

/** What a valid value of a field is; null where no rule is told of it. */
export const validInWords = (
  t: unknown,
  { kind, options }: Pick<EditField, 'kind' | 'options'>,
): string | null =>
  (t as Translate)(`changes.valid.${kind}`, { defaultValue: '', options: options?.join(', ') }) || null;

/** What fields whose values are not valid are called, each with what is; null where one is not a field. */
const validOf = (t: unknown, { about, change }: Refused): string | null => {
  const fields = findOperation(change.operation)?.fields ?? [];
  const said = invalidFields(about).map((path) => {
    const field = fields.find(({ id }) => id === path);
    return field
      ? `${changeField(t, path)}: ${validInWords(t, field) ?? (t as Translate)('changing.invalid')}`
      : null;
  });
  return said.includes(null) ? null : said.join(' · ');
};

/** What is wrong with a line of a file, column by column. */
export const faultsInWords = (t: unknown, faults: readonly LineFault[]): string =>
  faults
    .map(({ heading, why }) => {
      const reason = reasonInWords(t, why);
      return heading === '' ? reason : (t as Translate)('changes.faultIn', { heading, reason });
    })
    .join(' · ');

/** Why a change is refused. `nameOf`: what is shown for what it is about. */
export const refusalInWords = (
  t: unknown,
  refused: Refused,
  nameOf: (about: string) => string = (about) => changeField(t, about),
): string => {
  const { guard, faults } = refused;
  const about = faults ? faultsInWords(t, faults) : refused.about;
  const rules = guard === 'invalid-value' && !faults ? validOf(t, refused) : null;
  if (rules) return rules;
  const [line, shared] = guard === 'several-lines' ? about.split(' ') : [];
  if (shared) return (t as Translate)('changes.sameField', { line, field: nameOf(shared) });
  // What a file's line lacks is a sentence of its own; names of fields have no spaces.
  if (guard === 'invalid-value' && (faults || about.includes(' ')))
    return (t as Translate)('changes.notValid', { about: nameOf(about) });
  // A list that is not empty, or would be, is told by its name.
  const list = guard === 'in-use' || guard === 'empties-set' ? findResource(about) : undefined;
  const shown = list
    ? titleInText(t as i18n['t'], list.id)
    : guard === 'password-policy'
      ? (t as Translate)(`changes.passwordRules.${about}`, { defaultValue: nameOf(about) })
      : nameOf(about);
  const text = (t as Translate)(`changes.guards.${guard ?? 'not-changeable'}`, { about: shown });
  return shown === '' || text.includes(shown) ? text : `${text} (${shown})`;
};
