import { Anchor, Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Target } from '../../shared/change/change';
import type { EditField, Operation } from '../../shared/change/operations';
import { type Row, valueAt } from '../../shared/row';
import { shownText } from '../../shared/shown';
import { enteredFields } from './choices';
import { type Entries, type Entry, entryOf, faultOf, isDirty } from './entries';
import { FieldInput } from './FieldInput';
import styles from './Form.module.css';
import { fieldHint, fieldTitle } from './words';

type Props = {
  profile: string;
  operation: Operation;
  /** What is edited; null: new, or many. */
  row: Row | null;
  target: Pick<Target, 'id' | 'parent'> | null;
  isMany: boolean;
  entries: Entries;
  /** What is missing is said once somebody asked for the review. */
  isAsked: boolean;
  onChange: (entries: Entries) => void;
};

const beforeText = (field: EditField, row: Row): string => {
  const value = valueAt(row, field.id);
  if (value === null || value === undefined || value === '') return '';
  if (Array.isArray(value) && value.length === 0) return '';
  return shownText(typeof value === 'object' ? JSON.stringify(value) : String(value), 80);
};

/** One field: its name, what it is entered with, what it was, and what is wrong with it. */
const FieldLine = ({
  profile,
  operation,
  row,
  target,
  isMany,
  entries,
  isAsked,
  onChange,
  isUpdate,
  field,
}: Props & { isUpdate: boolean; field: EditField }) => {
  const { t } = useTranslation();
  const entry = entries[field.id];
  const edited = isUpdate ? row : null;
  const shown: Entry | undefined = entry === undefined && edited ? entryOf(field, edited) : entry;
  const dirty = entry !== undefined && (edited ? isDirty(field, entry, edited) : entry !== '');
  const fault = dirty || isAsked ? faultOf(field, shown ?? '', edited) : null;
  const set = (next: Entry) => onChange({ ...entries, [field.id]: next });
  const { [field.id]: _, ...others } = entries;
  // Of what is new nothing can stay as it is.
  const hint = operation.kind === 'create' ? '' : fieldHint(field.id);
  const before = edited ? beforeText(field, edited) : '';
  return (
    <div className={styles.field} data-dirty={(dirty && isUpdate) || undefined} data-field={field.id}>
      <span className={styles.label}>
        {fieldTitle(field.id)}
        {field.required && (
          <span className={styles.required} aria-hidden>
            {' *'}
          </span>
        )}
      </span>
      <div className={styles.value}>
        <FieldInput
          profile={profile}
          operation={operation}
          field={field}
          entry={shown === null ? '' : shown}
          fault={fault}
          target={target}
          isMany={isMany}
          onChange={set}
        />
        {dirty && edited && (
          <div className={styles.was}>
            {field.kind !== 'json' && (
              <span title={before}>
                {t('changing.before', { before: before === '' ? t('changing.wasEmpty') : before })}
              </span>
            )}
            <Anchor
              component="button"
              type="button"
              fz="inherit"
              aria-label={t('changing.revert', { field: fieldTitle(field.id) })}
              onClick={() => onChange(others)}
            >
              {t('changing.revertShort')}
            </Anchor>
          </div>
        )}
        {isMany && isUpdate && field.nullable && (
          <Checkbox
            size="xs"
            mt="4xs"
            label={t('changing.emptyField')}
            aria-label={`${t('changing.emptyField')}: ${fieldTitle(field.id)}`}
            checked={entry === null}
            onChange={(event) => (event.currentTarget.checked ? set(null) : onChange(others))}
          />
        )}
        {hint !== '' && <small>{hint}</small>}
      </div>
    </div>
  );
};

/** The fields of an operation: what was edited is marked, with what it was, and what is wrong is said beside it. */
export const OperationForm = (props: Props) => {
  const { operation, isMany } = props;
  const fields = enteredFields(operation, isMany);
  const isUpdate = operation.kind === 'update';
  const topOf = ({ id }: EditField) => id.split('.')[0] ?? id;
  // Parts of an object stand together, behind what is entered most.
  const sections = Map.groupBy(
    fields.filter((field) => topOf(field) !== field.id),
    topOf,
  );
  const line = (field: EditField) => (
    <FieldLine key={field.id} {...props} isUpdate={isUpdate} field={field} />
  );
  return (
    <div className={styles.form}>
      {fields.filter((field) => topOf(field) === field.id).map(line)}
      {[...sections].map(([top, parts]) => (
        <details key={top} open={(isUpdate && !isMany) || parts.some(({ required }) => required)}>
          <summary className={styles.section}>{fieldTitle(top)}</summary>
          {parts.map(line)}
        </details>
      ))}
    </div>
  );
};
