import { Autocomplete, Checkbox, ColorSwatch, Group, Stack, UnstyledButton } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { profileColors, profileLabels } from '../../shared/profile';
import styles from './TenantForm.module.css';
import type { Values } from './tenant-entry';

/** What marks a tenant wherever it appears, folded: a tenant can be added without it. */
export const TenantLook = ({ form, open }: { form: UseFormReturnType<Values>; open: boolean }) => {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(open);
  return (
    <details
      className={styles.more}
      open={isOpen}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{t('tenant.more')}</summary>
      <Stack gap="sm" pt="2xs">
        <Autocomplete
          size="xs"
          label={t('tenant.label')}
          description={t('tenant.labelHint')}
          data={profileLabels.map((label) => t(`tenant.labels.${label}`))}
          maxLength={24}
          {...form.getInputProps('label')}
        />
        <Group gap="3xs" role="radiogroup" aria-label={t('tenant.color')}>
          <span className={styles.colorLabel}>{t('tenant.color')}</span>
          {profileColors.map((color) => (
            <UnstyledButton
              key={color}
              role="radio"
              aria-checked={form.values.color === color}
              aria-label={t(`tenant.colors.${color}`)}
              onClick={() => form.setFieldValue('color', color)}
            >
              <ColorSwatch size={20} color={`var(--mantine-color-${color}-filled)`} withShadow={false}>
                {form.values.color === color && <IconCheck size={13} color="#fff" stroke={3} />}
              </ColorSwatch>
            </UnstyledButton>
          ))}
        </Group>
        <Checkbox
          size="xs"
          label={t('tenant.images')}
          description={t('tenant.imagesHint')}
          {...form.getInputProps('images', { type: 'checkbox' })}
        />
      </Stack>
    </details>
  );
};
