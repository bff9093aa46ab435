import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import actions from './dialog-actions.module.css';

type Props = {
  onCancel: () => void;
  /** What stands before *Cancel*. */
  said?: ReactNode;
  /** The main button; absent where there is nothing to do yet. */
  children?: ReactNode;
};

/** The buttons at the end of a dialog, which stay in sight. */
export const DialogActions = ({ onCancel, said, children }: Props) => {
  const { t } = useTranslation();
  return (
    <Group className={actions.actions ?? ''} justify="flex-end" gap="2xs">
      {said}
      <Button variant="default" onClick={onCancel}>
        {t('common.cancel')}
      </Button>
      {children}
    </Group>
  );
};
