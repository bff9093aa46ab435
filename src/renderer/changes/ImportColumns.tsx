import { Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportKind } from '../../shared/change/import-asked';
import { importFieldOf } from '../../shared/change/import-fields';
import { shownText } from '../../shared/shown';
import { typedOver } from '../common/typed-over';
import styles from './Import.module.css';
import { customFieldOf, doubled, importFields, isSecretField, type Mapped } from './import-columns';
import { importFieldTitle } from './words';

export type LookedColumn = { heading: string; field: string | null; samples: readonly string[] };

type Props = {
  kind: ImportKind;
  columns: readonly LookedColumn[];
  map: Mapped;
  onChange: (map: Mapped) => void;
};

/** Nothing, as a choice: a select takes no empty value. */
const leftOut = '-';

const FieldSelect = ({
  kind,
  heading,
  value,
  error,
  onChange,
}: {
  kind: ImportKind;
  heading: string;
  value: string;
  error: string | null;
  onChange: (field: string) => void;
}) => {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const known = importFields[kind].map(({ id }) => id);
  // Parts of custom data are the operator's own: the column's name, what was said before, what is typed.
  const own = [customFieldOf(heading), value, typed.trim()].filter(
    (field) => field.startsWith('customData.') && importFieldOf(importFields[kind], field) !== null,
  );
  const options = [...known, ...new Set(own)];
  return (
    <Select
      size="xs"
      aria-label={t('importing.fieldOf', { heading: shownText(heading, 60) })}
      data={[
        { value: leftOut, label: t('importing.leaveOut') },
        ...options.map((field) => ({ value: field, label: importFieldTitle(field, kind) })),
      ]}
      value={value === '' ? leftOut : value}
      {...typedOver}
      allowDeselect={false}
      nothingFoundMessage={t('changing.nothingFound')}
      error={error}
      onSearchChange={setTyped}
      onChange={(next) => onChange(next === leftOut || next === null ? '' : next)}
    />
  );
};

/** The columns of a file, some of what is in each, and the field that it fills. */
export const ImportColumns = ({ kind, columns, map, onChange }: Props) => {
  const { t } = useTranslation();
  const twice = doubled(map);
  return (
    <section className={styles.scroll} aria-label={t('importing.columns')}>
      <table className={styles.columns}>
        <thead>
          <tr>
            <th scope="col">{t('importing.column')}</th>
            <th scope="col">{t('importing.samples')}</th>
            <th scope="col">{t('importing.field')}</th>
          </tr>
        </thead>
        <tbody>
          {columns
            .filter(({ heading }) => heading !== '')
            .map(({ heading, samples }) => {
              const field = map[heading] ?? '';
              return (
                <tr key={heading} data-left={field === '' || undefined}>
                  <th scope="row" title={shownText(heading, 200)}>
                    {shownText(heading, 60)}
                  </th>
                  <td title={isSecretField(field) ? undefined : shownText(samples.join('\n'), 300)}>
                    {isSecretField(field) ? '••••••' : shownText(samples.join(', '), 120)}
                  </td>
                  <td>
                    <FieldSelect
                      kind={kind}
                      heading={heading}
                      value={field}
                      error={twice.has(field) ? t('importing.twice') : null}
                      onChange={(next) => onChange({ ...map, [heading]: next })}
                    />
                  </td>
                </tr>
              );
            })}
        </tbody>
      </table>
    </section>
  );
};
