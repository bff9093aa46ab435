import { Button } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from '../../shared/catalog';
import { columnTitle } from '../../shared/phrases/catalog-words';
import { isSet } from '../../shared/readable-value';
import { knownOf, type Row, valueAt } from '../../shared/row';
import { shownText } from '../../shared/shown';
import styles from './Fields.module.css';
import { FieldValue } from './FieldValue';

type Props = {
  profile: string;
  list: string;
  columns: readonly Column[];
  row: Row;
};

/** The catalogue's columns, then what the row carries beyond them: a newer server's fields are shown, not dropped. */
export const fieldsOf = (columns: readonly Column[], row: Row): Column[] => {
  const covered = new Set(columns.map(({ id }) => id.split('.')[0]));
  const more = Object.keys(row).filter((key) => !covered.has(key) && key !== 'tenantId');
  // A column that stands for a whole object is left to its parts and to the JSON.
  const whole = columns.filter(({ id }) => !columns.some((other) => other.id.startsWith(`${id}.`)));
  return [
    ...whole,
    ...more.map((id): Column => ({ id, kind: typeof row[id] === 'object' ? 'json' : 'text' })),
  ];
};

/** True where there is something to say of a field: a value, or that only a copy could tell. */
const tells = (column: Column, row: Row) =>
  isSet(valueAt(row, column.id)) || (column.joins !== undefined && knownOf(row, column) === 'joined');

/** A row's readable fields: those that are set; the others wait behind a button. */
export const Fields = ({ profile, list, columns, row }: Props) => {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const fields = fieldsOf(columns, row);
  const filled = fields.filter((column) => tells(column, row));
  const unset = fields.filter((column) => !tells(column, row));
  return (
    <>
      <dl className={styles.fields}>
        {[...filled, ...(isOpen ? unset : [])].map((column) => (
          <div key={column.id} className={styles.field}>
            <dt>{shownText(columnTitle(t, list, column.id))}</dt>
            <dd>
              <FieldValue profile={profile} list={list} column={column} row={row} />
            </dd>
          </div>
        ))}
      </dl>
      {unset.length > 0 && <UnsetButton count={unset.length} isOpen={isOpen} onToggle={setIsOpen} />}
    </>
  );
};

type UnsetProps = { count: number; isOpen: boolean; onToggle: (isOpen: boolean) => void };

/** Shows fields that are not set, and hides them again. */
export const UnsetButton = ({ count, isOpen, onToggle }: UnsetProps) => {
  const { t } = useTranslation();
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      color="gray"
      mx="2xs"
      mb="sm"
      aria-expanded={isOpen}
      leftSection={isOpen ? <IconChevronDown size={12} /> : <IconChevronRight size={12} />}
      onClick={() => onToggle(!isOpen)}
    >
      {isOpen ? t('row.hideUnset') : t('row.showUnset', { count })}
    </Button>
  );
};
