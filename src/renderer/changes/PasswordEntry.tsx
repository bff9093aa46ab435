import { Button, Group, PasswordInput } from '@mantine/core';
import { IconCopy, IconWand } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCopy } from '../common/clipboard';
import { generatedPassword } from './password';

type Props = { label: string; value: string; error: string | null; onChange: (value: string) => void };

/** A password that is typed or made; it is in no plan, and not shown again once that is made. */
export const PasswordEntry = ({ label, value, error, onChange }: Props) => {
  const { t } = useTranslation();
  const { copied, copy } = useCopy();
  const [made, setMade] = useState('');
  const [visible, setVisible] = useState(false);
  const isMade = made !== '' && made === value;
  return (
    <>
      <PasswordInput
        aria-label={label}
        autoComplete="new-password"
        visible={visible}
        onVisibilityChange={setVisible}
        value={value}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Group gap="3xs" mt="4xs">
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconWand size={12} />}
          onClick={() => {
            const password = generatedPassword();
            setMade(password);
            setVisible(true);
            onChange(password);
          }}
        >
          {t('changing.generate')}
        </Button>
        {value !== '' && (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconCopy size={12} />}
            onClick={() => void copy(value, true)}
          >
            {copied ? t('common.copied') : t('common.copy')}
          </Button>
        )}
      </Group>
      <small>{t(isMade ? 'changing.generated' : 'changing.passwordHint')}</small>
    </>
  );
};
