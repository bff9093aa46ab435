import type { TFunction } from 'i18next';
import { isCaseSensitive } from '../../shared/search/search';
import type { UserSearch } from '../../shared/search/terms';

/** The search as a sentence for people; empty when it asks for nothing. */
export const sentenceOf = (t: TFunction, search: UserSearch): string => {
  const quoted = (values: readonly string[]) => values.map((value) => `“${value}”`).join(t('search.orValue'));
  const conditions = search.terms.map(({ field, mode, values }) =>
    t(`search.says.${mode}`, { field: t(`search.fields.${field}`), values: quoted(values) }),
  );
  const rest = [
    ...(search.inRole ? [t('search.says.inRole', { id: search.inRole })] : []),
    ...(search.notInRole ? [t('search.says.notInRole', { id: search.notInRole })] : []),
    ...(search.inOrganization ? [t('search.says.inOrganization', { id: search.inOrganization })] : []),
    ...(search.notInOrganization
      ? [t('search.says.notInOrganization', { id: search.notInOrganization })]
      : []),
    ...(search.hideAdmins ? [t('search.says.hideAdmins')] : []),
  ];
  const joined = conditions.join(search.joint === 'all' ? t('search.and') : t('search.or'));
  const parts = [joined, ...rest].filter(Boolean);
  if (parts.length === 0) return '';
  const text = t('search.users', { conditions: parts.join(t('search.also')) });
  return isCaseSensitive(search) && conditions.length > 0 ? `${text}${t('search.withCase')}` : text;
};
