import { CloseButton } from '@mantine/core';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorValue } from '../../shared/errors';
import { failedAbove, layAbove } from '../common/above';
import { ErrorNotice } from '../common/ErrorNotice';
import styles from './Shell.module.css';

type Props = {
  error: ErrorValue;
  again: () => void;
  /** Leaves what was asked for; null where it cannot be left. */
  onLeave: (() => void) | null;
};

/** In the place of what was asked for above the view, and cannot be shown: rows stay, and keys are theirs. */
export const FailedAbove = ({ error, again, onLeave }: Props) => {
  const { t } = useTranslation();
  const leave = useEffectEvent(() => onLeave?.());
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => layAbove(() => leave()).end, []);
  useEffect(() => place.current?.querySelector('button')?.focus(), []);
  return (
    <div ref={place} className={`${styles.failed} ${failedAbove}`}>
      <ErrorNotice error={error} onRetry={again} compact />
      {onLeave && <CloseButton aria-label={t('common.close')} onClick={onLeave} />}
    </div>
  );
};
