import { ActionIcon, Button, Checkbox, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PartEntry } from './entries';
import styles from './Form.module.css';
import { typedPart } from './json-parts';

type Props = { label: string; value: readonly PartEntry[]; onChange: (parts: PartEntry[]) => void };

const empty: PartEntry = { path: '', text: '', isUnset: false };

const typeOf = (text: string) => {
  const value = typedPart(text);
  const type = value === null ? 'null' : typeof value;
  return type === 'number' || type === 'boolean' || type === 'object' || type === 'null' ? type : 'string';
};

/** Parts of custom data, each set or taken away, of many rows at once. */
export const PartsInput = ({ label, value, onChange }: Props) => {
  const { t } = useTranslation();
  const parts = value.length > 0 ? value : [empty];
  const set = (at: number, part: Partial<PartEntry>) =>
    onChange(parts.map((one, place) => (place === at ? { ...one, ...part } : one)));
  return (
    <fieldset className={styles.parts} aria-label={label}>
      {parts.map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line has nothing else to be told by
        <div key={at} className={styles.part}>
          <TextInput
            aria-label={t('changing.partPath')}
            placeholder={t('changing.partPath')}
            value={part.path}
            spellCheck={false}
            onChange={(event) => set(at, { path: event.currentTarget.value.trim() })}
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
            onChange={(event) => set(at, { text: event.currentTarget.value })}
          />
          <Checkbox
            size="xs"
            label={t('changing.partUnset')}
            checked={part.isUnset}
            onChange={(event) => set(at, { isUnset: event.currentTarget.checked })}
          />
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={t('changing.removePart')}
            onClick={() => onChange(parts.filter((_, place) => place !== at))}
          >
            <IconX size={13} />
          </ActionIcon>
        </div>
      ))}
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconPlus size={12} />}
        onClick={() => onChange([...parts, empty])}
      >
        {t('changing.addPart')}
      </Button>
    </fieldset>
  );
};
