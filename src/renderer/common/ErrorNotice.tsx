import { Button, Group } from '@mantine/core';
import { IconAlertTriangle, IconCircleOff, IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ErrorValue } from '../../shared/errors';
import { explain } from '../../shared/phrases';
import { shownText } from '../../shared/shown';
import { phrases } from '../i18n';
import { editTenant } from '../state/dialogs';
import styles from './ErrorNotice.module.css';

/** Errors that a look at the tenant's settings can mend. */
const ofSettings = (code: ErrorValue['code']) =>
  code.startsWith('token.') ||
  code.startsWith('secret.') ||
  code === 'network.dns' ||
  code === 'http.unauthorized' ||
  code === 'http.forbidden';

type Props = {
  error: ErrorValue;
  onRetry?: () => void;
  /** The way to a copy of the tenant, where there may be one. */
  onCopy?: (() => void) | undefined;
  profileId?: string;
  compact?: boolean;
};

/** An error for people: what happened, what to do next, and in small print what the server said. */
export const ErrorNotice = ({ error, onRetry, onCopy, profileId, compact }: Props) => {
  const { t } = useTranslation();
  const { title, remedy, details } = explain(phrases, error);
  // What a tenant does not offer, or a snapshot does not have, is not a failure; asking again changes nothing.
  const isLacking = error.code === 'snapshot.without' || error.code === 'snapshot.no_server';
  const quiet = error.code === 'http.not_offered' || isLacking;
  const again = isLacking ? undefined : onRetry;
  const copy = error.code === 'mirror.members' ? onCopy : undefined;
  const Icon = quiet
    ? IconCircleOff
    : error.code.startsWith('network.')
      ? IconPlugConnectedX
      : IconAlertTriangle;
  return (
    <div
      className={compact ? styles.compact : styles.notice}
      data-quiet={quiet || undefined}
      role={quiet ? 'status' : 'alert'}
    >
      <Icon className={styles.icon} size={compact ? 18 : 30} stroke={1.5} />
      <div className={styles.text}>
        <strong>{title}</strong>
        <span>{remedy}</span>
        {details.length > 0 && <small className={styles.fine}>{shownText(details.join(' · '), 600)}</small>}
        {(again || copy || (profileId && ofSettings(error.code))) && (
          <Group gap="2xs" mt="3xs" justify={compact ? 'flex-start' : 'center'}>
            {copy && (
              <Button size="compact-xs" onClick={copy}>
                {t('mirror.open')}
              </Button>
            )}
            {again && (
              <Button size="compact-xs" variant="default" onClick={again}>
                {t('common.retry')}
              </Button>
            )}
            {profileId && ofSettings(error.code) && (
              <Button size="compact-xs" variant="default" onClick={() => editTenant(profileId)}>
                {t('tenant.manage')}
              </Button>
            )}
          </Group>
        )}
      </div>
    </div>
  );
};
