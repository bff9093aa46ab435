import { Anchor } from '@mantine/core';
import type { CustomCellRendererProps } from 'ag-grid-react';
import { useTranslation } from 'react-i18next';
import type { Column } from '../../shared/catalog';
import { singularOf } from '../../shared/phrases/catalog-words';
import { type Row, valueAt } from '../../shared/row';
import { shownText } from '../../shared/shown';
import { useName } from '../common/names';
import { unreadableText } from '../common/unreadable';
import { Value } from '../common/values';
import { openQuery } from '../state/workspace';
import { isGridsOwn } from './grids-own';

type Props = CustomCellRendererProps<Row> & { column: Column; context: { profile: string } };

/** A cell; an id of another object opens that object's page. */
export const Cell = ({ data, column, context, api }: Props) => {
  const { t } = useTranslation();
  const value = data ? valueAt(data, column.id) : undefined;
  const name = useName(context.profile, column.ref, typeof value === 'string' ? value : '');
  if (!data) return null;
  const unreadable = unreadableText(data);
  if (unreadable) {
    const first = api.getAllDisplayedColumns().find((shown) => !isGridsOwn(shown.getColId()));
    return first?.getColId() === column.id ? <em>{unreadable}</em> : null;
  }
  if (!column.ref || typeof value !== 'string' || value === '')
    return <Value column={column} row={data} inGrid />;
  const { ref } = column;
  return (
    <Anchor
      component="button"
      fz="inherit"
      tabIndex={-1}
      title={name ? value : undefined}
      aria-label={t('row.openRow', { name: `${singularOf(t, ref)} ${name ?? value}` })}
      onClick={(event) => {
        event.stopPropagation();
        openQuery({ profile: context.profile, resource: ref, filters: {} }, value);
      }}
    >
      {name ? shownText(name, 200) : <Value column={column} row={data} />}
    </Anchor>
  );
};
