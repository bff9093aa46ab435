import type { ReactNode, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { EnteringDialog } from '../common/EnteringDialog';
import { useDialogs } from '../state/dialogs';

type Props = {
  isAsked: boolean;
  size: number;
  title: ReactNode;
  /** Whether anything was entered that would be lost; absent: there is nothing to lose. */
  entered?: RefObject<boolean>;
  children: ReactNode;
};

const nothing = { current: false };

/** A dialog in which a plan is asked for. What was entered stays while the plan is reviewed, which is shown in its place. */
export const AskDialog = ({ isAsked, size, title, entered = nothing, children }: Props) => {
  const { t } = useTranslation();
  const isReviewed = useDialogs((state) => state.plan !== null);
  return (
    <EnteringDialog
      opened={isAsked && !isReviewed}
      keepMounted
      size={size}
      title={title}
      entered={entered}
      discardTitle={t('tenant.discardTitle')}
      discardText={t('changing.notSent')}
    >
      {children}
    </EnteringDialog>
  );
};
