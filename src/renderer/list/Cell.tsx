import { Anchor } from '@mantine/core';
import type { CustomCellRendererProps } from 'ag-grid-react';
import { useTranslation } from 'react-i18next';
import { type Column, resourceOf } from '../../shared/catalog';
import { type Row, valueAt } from '../../shared/row';
import { openQuery } from '../app/workspace';
import { Value } from './values';

type Props = CustomCellRendererProps<Row> & { column: Column; context: { profile: string } };

/** A cell; an id of another object opens that object's page. */
export const Cell = ({ data, column, context }: Props) => {
  const { t } = useTranslation();
  if (!data) return null;
  const value = valueAt(data, column.id);
  if (!column.ref || typeof value !== 'string' || value === '') return <Value column={column} row={data} />;
  const { ref } = column;
  return (
    <Anchor
      component="button"
      fz="inherit"
      tabIndex={-1}
      aria-label={t('row.openRow', { name: `${resourceOf(ref).singular} ${value}` })}
      onClick={(event) => {
        event.stopPropagation();
        openQuery({ profile: context.profile, resource: ref, filters: {} }, value);
      }}
    >
      <Value column={column} row={data} />
    </Anchor>
  );
};
