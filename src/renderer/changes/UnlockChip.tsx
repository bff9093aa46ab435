import { UnstyledButton } from '@mantine/core';
import { IconLock, IconLockOpen } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '../../shared/phrases';
import type { Profile } from '../../shared/profile';
import { phrases } from '../i18n';
import { errorOf } from '../link/api';
import { editTenant } from '../state/dialogs';
import { DemoAccess } from './DemoAccess';
import { useChangesState, useSecondsLeft, useUnlocking } from './state';
import { clockOf, warnedSeconds } from './time-left';
import styles from './UnlockChip.module.css';

/** Whether a tenant can be changed now, in its colour: what it says is what the core says, and a click turns it. */
export const UnlockChip = memo(({ profile }: { profile: Profile }) => {
  const { t } = useTranslation();
  const state = useChangesState(profile.kind === 'snapshot' ? undefined : profile.id);
  const { unlock, lock } = useUnlocking(profile.id);
  const left = useSecondsLeft(state?.unlockedUntil ?? null);
  if (profile.kind === 'demo' && (state ?? profile).access === 'read-only') return <DemoAccess />;
  if (profile.kind === 'snapshot' || (state ?? profile).access === 'read-only')
    return profile.kind === 'snapshot' ? (
      <span className={styles.readOnly}>{t('tenant.readOnly')}</span>
    ) : (
      <UnstyledButton
        data-hint={t('changing.readOnlyHint')}
        className={styles.readOnly}
        onClick={() => editTenant(profile.id)}
      >
        {t('tenant.readOnly')}
      </UnstyledButton>
    );
  if (!state) return null;
  const isOpen = left > 0;
  const isTurning = unlock.isPending || lock.isPending;
  const failed = unlock.error ?? lock.error;
  const hint = failed
    ? explain(phrases, errorOf(failed)).title
    : isOpen
      ? t('changing.lockHint', { time: clockOf(left) })
      : t('changing.unlockHint');
  const isEnding = isOpen && left <= warnedSeconds;
  return (
    <span className={styles.chips}>
      <UnstyledButton
        data-hint={hint}
        className={styles.chip}
        data-testid="unlock"
        data-open={isOpen || undefined}
        data-ending={isEnding || undefined}
        // Not disabled: that would take the focus away.
        aria-disabled={isTurning || undefined}
        style={
          isOpen
            ? {
                background: `var(--mantine-color-${profile.color}-light)`,
                color: `var(--mantine-color-${profile.color}-light-color)`,
                borderColor: `var(--mantine-color-${profile.color}-outline)`,
              }
            : undefined
        }
        onClick={() => !isTurning && (isOpen ? lock : unlock).mutate()}
      >
        {isOpen ? <IconLockOpen size={12} /> : <IconLock size={12} />}
        {isOpen ? (
          <>
            {t(isEnding ? 'changing.ending' : 'changing.unlocked')}
            <span className={styles.clock}>{clockOf(left)}</span>
          </>
        ) : (
          <span className={styles.locked} data-short={t('changing.lockedShort')}>
            <span>{t('changing.locked')}</span>
          </span>
        )}
      </UnstyledButton>
      {profile.kind === 'demo' && <span className={styles.note}>{t('changing.demoNote')}</span>}
      {isEnding && (
        <UnstyledButton className={styles.more} role="alert" onClick={() => unlock.mutate()}>
          {t('changing.stay')}
        </UnstyledButton>
      )}
    </span>
  );
});
