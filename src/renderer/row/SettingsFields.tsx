import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../../shared/catalog';
import { fieldInWords } from '../../shared/field-words';
import { columnTitle } from '../../shared/phrases/catalog-words';
import { changeField } from '../../shared/phrases/change-words';
import { isSet } from '../../shared/readable-value';
import { type Row, valueAt } from '../../shared/row';
import { shownText } from '../../shared/shown';
import { useRegionName } from '../common/view-side';
import { UnsetButton } from './Fields';
import styles from './Fields.module.css';
import { FieldValue } from './FieldValue';
import { countOf, settingsSections } from './settings-sections';

type Props = { profile: string; resource: Resource; row: Row };

/** A single object by sections with titles: what is set, and the rest behind a button. */
export const SettingsFields = ({ profile, resource, row }: Props) => {
  const { t } = useTranslation();
  const regionName = useRegionName();
  const [isOpen, setIsOpen] = useState(false);
  const sections = settingsSections(resource, row);
  const { unset } = countOf(sections, row);
  const isKnown = (path: string) => resource.columns.some(({ id }) => id === path);
  /** What the list calls it, else what its editor does, else its own name in words. */
  const titleOf = (id: string, words: string) => {
    if (isKnown(id)) return columnTitle(t, resource.id, id);
    const edited = changeField(t, id);
    return edited === id ? words : edited;
  };
  return (
    <>
      {sections.map(({ key, fields }) => {
        const shown = fields.filter(({ column }) => isOpen || isSet(valueAt(row, column.id)));
        if (shown.length === 0) return null;
        const title = key === null ? t('row.general') : titleOf(key, fieldInWords(key));
        return (
          <section key={key ?? ''} aria-label={regionName(title)}>
            {sections.length > 1 && <h2 className={styles.section}>{shownText(title)}</h2>}
            <dl className={styles.fields}>
              {shown.map((field) => (
                <div key={field.column.id} className={styles.field}>
                  <dt>{shownText(titleOf(field.column.id, field.words), 200)}</dt>
                  <dd>
                    <FieldValue profile={profile} list={resource.id} column={field.column} row={row} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        );
      })}
      {unset > 0 && <UnsetButton count={unset} isOpen={isOpen} onToggle={setIsOpen} />}
    </>
  );
};
