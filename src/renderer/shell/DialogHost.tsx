import { CloseButton } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorValue } from '../../shared/errors';
import { layAbove } from '../common/above';
import { arriving } from '../common/arriving';
import { atRest } from '../common/at-rest';
import { ErrorNotice } from '../common/ErrorNotice';
import { Guarded } from '../common/Guarded';
import { closeDialogs, dialogIds, useDialogs } from '../state/dialogs';
import { useWorkspace } from '../state/workspace';
import { focusBack } from './focus-back';
import styles from './Shell.module.css';

/** All of them in one file: a file each would be dozens, and asking for them longer than all else. */
const Dialogs = arriving(async () => (await import('./Dialogs')).Dialogs);

/** In the place of dialogs that cannot be shown, until whoever asked for one leaves it; the next one is tried anew. */
const FailedDialog = ({ error, again }: { error: ErrorValue; again: () => void }) => {
  const { t } = useTranslation();
  const isOpen = useDialogs((state) => dialogIds.some((id) => state[id] !== null));
  const wasLeft = useRef(false);
  useEffect(() => {
    if (isOpen && !wasLeft.current) return layAbove(closeDialogs);
    if (isOpen) again();
    wasLeft.current = !isOpen;
  }, [isOpen, again]);
  return (
    isOpen && (
      <div className={styles.failed}>
        <ErrorNotice error={error} onRetry={again} compact />
        <CloseButton aria-label={t('common.close')} onClick={closeDialogs} />
      </div>
    )
  );
};

/** Closes what hangs open from a button of the view, as a press beside it does: it would stand above a dialog that a key opens. */
const closePopovers = () => document.body.dispatchEvent(new MouseEvent('mousedown', { bubbles: true }));

/** Dialogs are no part of what the page loads at first: they come when nothing else is to do, or are first asked for. */
export const DialogHost = () => {
  const isOpen = useDialogs((state) => dialogIds.some((id) => state[id] !== null));
  const [wasAsked, setWasAsked] = useState(isOpen);
  if (isOpen && !wasAsked) setWasAsked(true);
  useEffect(() => {
    const { closed, stop } = focusBack();
    const leave = useDialogs.subscribe((now, before) => {
      if (dialogIds.some((id) => now[id] !== null && before[id] === null)) closePopovers();
      if (dialogIds.every((id) => now[id] === null)) closed();
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
      <Guarded failed={(error, again) => <FailedDialog error={error} again={again} />}>
        <Dialogs />
      </Guarded>
    )
  );
};
