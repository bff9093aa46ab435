import { Button, Popover, UnstyledButton } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '../../shared/phrases';
import { phrases } from '../i18n';
import { api, errorOf } from '../link/api';
import { askChangesState } from '../state/changing';
import { queries } from '../state/queries';
import styles from './UnlockChip.module.css';

/** Changes to the demo are allowed here: it has no settings, and a restart brings it back as it was. */
export const DemoAccess = () => {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const allow = useMutation({
    mutationFn: () => api.profiles.allowDemo.mutate({ access: 'read-write' }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['profiles', 'demo'] });
      askChangesState();
    },
  });
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      width={280}
      position="top-start"
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <UnstyledButton className={styles.readOnly} onClick={() => setOpen(!isOpen)}>
          {t('tenant.readOnly')}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('changing.access')}>
        <p className={styles.demo}>{t('changing.demoAllow')}</p>
        {allow.error && <p className={styles.demo}>{explain(phrases, errorOf(allow.error)).title}</p>}
        <Button size="compact-xs" loading={allow.isPending} onClick={() => allow.mutate()}>
          {t('changing.accessReadWrite')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
};
