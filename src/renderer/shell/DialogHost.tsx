import { CloseButton } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorValue } from '../../shared/errors';
import { layAbove } from '../common/above';
import { arriving } from '../common/arriving';
import { atRest } from '../common/at-rest';
import { ErrorNotice } from '../common/ErrorNotice';
import { Guarded } from '../common/Guarded';
import { closeDialogs, closeLink, dialogIds, isAnyOpen, useDialogs } from '../state/dialogs';
import { useWorkspace } from '../state/workspace';
import { focusBack } from './focus-back';
import styles from './Shell.module.css';

/** All of them in one file: a file each would be dozens, and asking for them longer than all else. */
const Dialogs = arriving(async () => (await import('./Dialogs')).Dialogs);

type FailedProps = { error: ErrorValue; again: () => void; onLeft: () => void };

const leaveAll = () => {
  closeDialogs();
  closeLink();
};

/** In the place of dialogs that cannot be shown, until whoever asked for one leaves it; secrets that are shown once stay. */
const FailedDialog = ({ error, again, onLeft }: FailedProps) => {
  const { t } = useTranslation();
  const isOpen = useDialogs(isAnyOpen);
  useEffect(() => (isOpen ? layAbove(leaveAll) : onLeft()), [isOpen, onLeft]);
  return (
    isOpen && (
      <div className={styles.failed}>
        <ErrorNotice error={error} onRetry={again} compact />
        <CloseButton aria-label={t('common.close')} onClick={leaveAll} />
      </div>
    )
  );
};

/** Closes what hangs open from a button of the view, as a press beside it does: it would stand above a dialog that a key opens. */
const closePopovers = () => document.body.dispatchEvent(new MouseEvent('mousedown', { bubbles: true }));

/** Dialogs are no part of what the page loads at first: they come when nothing else is to do, or are first asked for. */
export const DialogHost = () => {
  const isOpen = useDialogs(isAnyOpen);
  const [wasAsked, setWasAsked] = useState(isOpen);
  if (isOpen && !wasAsked) setWasAsked(true);
  /** What failed is gone with whoever left it: the next dialog that is asked for is tried anew. */
  const forget = useCallback(() => setWasAsked(false), []);
  useEffect(() => {
    const { closed, stop } = focusBack();
    const leave = useDialogs.subscribe((now, before) => {
      if (dialogIds.some((id) => now[id] !== null && before[id] === null)) closePopovers();
      if (!isAnyOpen(now)) closed();
    });
    // A key that goes to another view leaves what hangs open in this one.
    const leaveView = useWorkspace.subscribe((now, before) => {
      if (now.active !== before.active) closePopovers();
    });
    return () => {
      leave();
      leaveView();
      stop();
    };
  }, []);
  useEffect(() => atRest(() => void Dialogs.arrive()), []);
  return (
    wasAsked && (
      <Guarded failed={(error, again) => <FailedDialog error={error} again={again} onLeft={forget} />}>
        <Dialogs />
      </Guarded>
    )
  );
};
