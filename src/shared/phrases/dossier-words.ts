import type { i18n } from 'i18next';
import type { Lacking } from '../complete.ts';
import type { SectionError, SectionState } from '../dossier.ts';
import type { ErrorValue } from '../errors.ts';
import { titleOf } from './catalog-words.ts';
import { explain } from './index.ts';

/** What is said of a section: how much of it is there, and why not all is. */
type Said = {
  state: SectionState;
  errors: readonly SectionError[];
  report: Lacking & { expected: number | null };
};

/** What is said of a whole dossier. */
type SaidOfAll = { source: 'server' | 'copy' | 'snapshot'; userAtEnd: ErrorValue | null };

/** What a section is called: its list's title, or what of that list is the user's. */
export const sectionTitle = (t: i18n['t'], id: string): string => {
  switch (id) {
    case 'role-scopes':
      return t('dossier.parents.roleScopes');
    case 'organization-user-roles':
      return t('dossier.parents.organizationUserRoles');
    case 'organization-user-scopes':
      return t('dossier.parents.organizationUserScopes');
    case 'organization-invitations':
      return t('dossier.parents.invitations');
    case 'one-time-tokens':
      return t('dossier.parents.oneTimeTokens');
    case 'logs':
      return t('dossier.parents.logs');
    default:
      return titleOf(t, id);
  }
};

/** How much of a section is there. */
export const stateInWords = (
  t: i18n['t'],
  { state }: Pick<Said, 'state'>,
  { source }: Pick<SaidOfAll, 'source'>,
): string =>
  state === 'notCopied' && source === 'snapshot'
    ? t('dossier.states.notInSnapshot')
    : t(`dossier.states.${state}`);

const reasonOf = (phrases: i18n, error: ErrorValue): string => {
  const { title, details } = explain(phrases, error);
  return [title, ...(details.length > 0 ? [`(${details.join(', ')})`] : [])].join(' ');
};

/** What a section lacks and why, a part each; nothing of a whole one. */
export const lackingInWords = (phrases: i18n, { report, errors }: Said): string[] => {
  const { t } = phrases;
  const { missing, unproven, unreadable, uncounted, expected, mirror } = report;
  return [
    ...errors.map((error) => {
      const reason = reasonOf(phrases, error);
      return error.of ? t('dossier.unreadPart', { parent: error.of.name, reason }) : reason;
    }),
    ...(missing > 0 ? [t('exports.missing', { count: missing, expected: expected ?? '?' })] : []),
    ...(unproven > 0 ? [t('exports.unproven', { count: unproven })] : []),
    ...(unreadable > 0 ? [t('exports.unreadable', { count: unreadable })] : []),
    ...(uncounted > 0 ? [t('exports.uncounted')] : []),
    ...(mirror?.whole === false ? [t('dossier.partOfCopy')] : []),
  ];
};

/** That the user could not be read when all else had been; null where it could. */
export const goneInWords = (phrases: i18n, { userAtEnd }: Pick<SaidOfAll, 'userAtEnd'>): string | null =>
  userAtEnd && phrases.t('dossier.gone', { reason: reasonOf(phrases, userAtEnd) });
