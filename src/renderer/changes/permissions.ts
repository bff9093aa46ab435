import { useQuery } from '@tanstack/react-query';
import { pageSize } from '../../shared/limits';
import type { Query } from '../../shared/query';
import type { Row } from '../../shared/row';
import { api } from '../link/api';

/** A permission of an API resource, as it is chosen. */
export type Permission = { id: string; name: string; resource: string };

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const rowsOf = async (query: Query, signal: AbortSignal): Promise<Row[]> => {
  const rows: Row[] = [];
  for (let index = 0; ; index += 1) {
    const page = await api.list.page.query({ query, index }, { signal });
    rows.push(...page.rows);
    if (page.rows.length < pageSize) return rows;
  }
};

/** The permissions of all API resources of a tenant, by their resources. The API has no list of all of them. */
export const usePermissions = (profile: string) =>
  useQuery({
    queryKey: ['choices', profile, 'permissions'],
    queryFn: async ({ signal }): Promise<Permission[]> => {
      const resources = await rowsOf({ profile, resource: 'resources', filters: {} }, signal);
      const found = await Promise.all(
        resources.map(async ({ id, name, indicator }) => {
          const parent = textOf(id);
          const scopes = await rowsOf({ profile, resource: 'resource-scopes', parent, filters: {} }, signal);
          const resource = textOf(name) || textOf(indicator);
          return scopes.map((scope) => ({ id: textOf(scope.id), name: textOf(scope.name), resource }));
        }),
      );
      return found.flat();
    },
  });
