import { Checkbox, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isFaultyPart, type PartEntry } from './entries';
import styles from './Form.module.css';
import { typedPart } from './json-parts';
import { LinesInput } from './LinesInput';

type Props = {
  label: string;
  value: readonly PartEntry[];
  /** Something is wrong with one of them: that one says so. */
  isFaulty: boolean;
  onChange: (parts: PartEntry[]) => void;
};

const empty: PartEntry = { path: '', text: '', isUnset: false };

const typeOf = (text: string) => {
  const value = typedPart(text);
  const type = value === null ? 'null' : typeof value;
  return type === 'number' || type === 'boolean' || type === 'object' || type === 'null' ? type : 'string';
};

/** Parts of custom data, each set or taken away, of many rows at once. */
export const PartsInput = ({ label, value, isFaulty, onChange }: Props) => {
  const { t } = useTranslation();
  const parts = value.length > 0 ? value : [empty];
  return (
    <LinesInput
      label={label}
      lines={parts}
      empty={empty}
      add={t('changing.addPart')}
      className={styles.part}
      onChange={(lines) => onChange([...lines])}
    >
      {(part, set) => (
        <>
          <TextInput
            aria-label={t('changing.partPath')}
            placeholder={t('changing.partPath')}
            value={part.path}
            error={isFaulty && isFaultyPart(part) ? t('changing.partNamed') : null}
            spellCheck={false}
            onChange={(event) => set({ path: event.currentTarget.value.trim() })}
          />
          <TextInput
            aria-label={t('changing.partValue')}
            placeholder={t('changing.partValue')}
            value={part.isUnset ? '' : part.text}
            disabled={part.isUnset}
            spellCheck={false}
            description={
              part.text !== '' && !part.isUnset
                ? t('changing.partAs', { type: t(`changing.types.${typeOf(part.text)}`) })
                : undefined
            }
            inputWrapperOrder={['input', 'description']}
            onChange={(event) => set({ text: event.currentTarget.value })}
          />
          <Checkbox
            size="xs"
            label={t('changing.partUnset')}
            checked={part.isUnset}
            onChange={(event) => set({ isUnset: event.currentTarget.checked })}
          />
        </>
      )}
    </LinesInput>
  );
};
