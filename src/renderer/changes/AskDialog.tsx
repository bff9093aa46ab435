import type { ReactNode, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { EnteringDialog } from '../common/EnteringDialog';
import { TenantName } from '../common/TenantMark';
import { useDialogs } from '../state/dialogs';
import { useProfile } from '../state/profiles';
import styles from './Form.module.css';

type Props = {
  /** The tenant that it is about; null: nothing is asked. */
  profile: string | null;
  size: number;
  title: ReactNode;
  /** Whether anything was entered that would be lost; absent: there is nothing to lose. */
  entered?: RefObject<boolean>;
  children: ReactNode;
};

const nothing = { current: false };

/** A dialog in which a plan is asked for. What was entered stays while the plan is reviewed, which is shown in its place. */
export const AskDialog = ({ profile, size, title, entered = nothing, children }: Props) => {
  const { t } = useTranslation();
  const tenant = useProfile(profile ?? '');
  const isReviewed = useDialogs((state) => state.plan !== null);
  return (
    <EnteringDialog
      opened={profile !== null && !isReviewed}
      keepMounted
      size={size}
      title={title}
      entered={entered}
      discardTitle={t('tenant.discardTitle')}
      discardText={t('changing.notSent')}
    >
      {tenant && (
        <div className={styles.tenant}>
          <TenantName profile={tenant} />
        </div>
      )}
      {children}
    </EnteringDialog>
  );
};
