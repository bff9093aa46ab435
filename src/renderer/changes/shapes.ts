import { typedObject } from './json-parts';

/** Organizations, each with roles there, out of JSON. */
export const membershipsOf = (text: string): { organization: string; roles: string[] }[] =>
  Object.entries(typedObject(text).value ?? {}).map(([organization, roles]) => ({
    organization,
    roles: Array.isArray(roles) ? roles.filter((one): one is string => typeof one === 'string') : [],
  }));

/** The same as JSON; nothing where no organization was chosen. */
export const membershipsText = (
  lines: readonly { organization: string; roles: readonly string[] }[],
): string => {
  const chosen = lines.filter(({ organization }) => organization !== '');
  return chosen.length === 0
    ? ''
    : JSON.stringify(Object.fromEntries(chosen.map(({ organization, roles }) => [organization, roles])));
};

/** The same out of an application's rules, as JSON has them. */
export const rulesOf = (text: string): { organization: string; roles: string[] }[] => {
  const typed = typedObject(`{"rules":${text.trim() === '' ? '[]' : text}}`).value?.rules;
  if (!Array.isArray(typed)) return [];
  return typed.flatMap((rule: unknown) => {
    if (typeof rule !== 'object' || rule === null) return [];
    const { organizationId, organizationRoleIds } = { organizationId: '', organizationRoleIds: [], ...rule };
    const roles: readonly unknown[] = Array.isArray(organizationRoleIds) ? organizationRoleIds : [];
    return [
      {
        organization: String(organizationId),
        roles: roles.filter((one): one is string => typeof one === 'string'),
      },
    ];
  });
};

/** The same as JSON; a rule without roles lets nobody in, and is refused by the server: it is left out. */
export const rulesText = (lines: readonly { organization: string; roles: readonly string[] }[]): string => {
  const chosen = lines.filter(({ organization, roles }) => organization !== '' && roles.length > 0);
  return chosen.length === 0
    ? ''
    : JSON.stringify(
        chosen.map(({ organization, roles }) => ({
          organizationId: organization,
          organizationRoleIds: roles,
        })),
      );
};

/** A social identity as it is entered: the user's id at the provider, and what else is known, as JSON. */
export type IdentityEntry = { userId: string; details: string };

export const identityOf = (text: string): IdentityEntry => {
  const { userId, details } = typedObject(text).value ?? {};
  return {
    userId: typeof userId === 'string' ? userId : '',
    details: details === undefined ? '' : JSON.stringify(details, null, 2),
  };
};

/** The same as JSON; nothing where nothing was entered. Details that are not JSON stay as they are, and are said to be wrong. */
export const identityText = ({ userId, details }: IdentityEntry): string => {
  if (userId.trim() === '' && details.trim() === '') return '';
  const typed = typedObject(details);
  const id = JSON.stringify(userId.trim());
  if (details.trim() === '') return `{"userId":${id}}`;
  return typed.value
    ? JSON.stringify({ userId: userId.trim(), details: typed.value })
    : `{"userId":${id},"details":${details}}`;
};
