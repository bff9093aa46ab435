import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { closeDialogs, useDialogs } from '../state/dialogs';

type Props = { isAsked: boolean; size: number; title: ReactNode; children: ReactNode };

/** A dialog in which a plan is asked for. What was entered stays while the plan is reviewed, which is shown in its place. */
export const AskDialog = ({ isAsked, size, title, children }: Props) => {
  const { t } = useTranslation();
  const isReviewed = useDialogs((state) => state.plan !== null);
  return (
    <Modal
      opened={isAsked && !isReviewed}
      keepMounted
      onClose={closeDialogs}
      size={size}
      title={title}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {children}
    </Modal>
  );
};
