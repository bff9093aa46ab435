import type { Resource } from '../../shared/catalog';
import type { Query } from '../../shared/query';
import { api } from '../link/api';
import { type Entered, formOfField, withCondition } from './chips';

/**
 * A condition that was typed with the name of another row, `application: Storefront`, with that row's id: rows hold no names,
 * and a name would be held against ids. Rejects with `query.invalid` where the name is nobody's, or several rows'.
 */
export const withIdOf = async (
  { profile, resource: list, parent }: Pick<Query, 'profile' | 'resource' | 'parent'>,
  resource: Resource,
  entered: Entered,
): Promise<Entered> => {
  const { field, mode } = entered;
  if (formOfField(resource, field).form.kind !== 'reference') return entered;
  if (mode !== 'is' && mode !== 'differs') return entered;
  const { filters, where } = withCondition(resource, { filters: {} }, entered);
  const asked = { profile, resource: list, ...(parent === undefined ? {} : { parent }), filters, where };
  const found = await api.list.ids.query({ query: asked });
  const [values] = Object.values(found.filters);
  const value = found.where?.[0]?.value;
  return { ...entered, values: values ?? (value === undefined ? entered.values : [value]) };
};
