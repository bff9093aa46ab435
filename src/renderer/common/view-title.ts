import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { resourceOf } from '../../shared/catalog';
import { titleOf } from '../../shared/phrases/catalog-words';
import { type Query, timeSpanNames } from '../../shared/query';
import { type Row, rowLabelOf } from '../../shared/row';

/** What a view is called: its list, below which row, and what it is filtered by. */
export const useViewTitle = (query: Query): string => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const resource = resourceOf(query.resource);
  const span = timeSpanNames.find((id) => query.filters.time?.length === 1 && query.filters.time[0] === id);
  const values = Object.entries(query.filters)
    .flatMap(([id, chosen]) => (id === 'time' && span ? [t(`list.time.${span}`)] : chosen))
    .filter(Boolean);
  const title = titleOf(t, resource.id);
  const filtered = values.length > 0 ? `${title}: ${values.join(', ')}` : title;
  if (!resource.parent || !query.parent) return filtered;
  const parent = queries.getQueryData<Row>(['row', query.profile, resource.parent.resource, query.parent]);
  const name = parent ? rowLabelOf(resourceOf(resource.parent.resource), parent) : query.parent;
  return t('list.below', { list: filtered, parent: name });
};
