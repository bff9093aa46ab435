import { useEffect, useLayoutEffect, useState } from 'react';
import { layAbove } from '../common/above';
import { arriving } from '../common/arriving';
import { atRest } from '../common/at-rest';
import { Guarded } from '../common/Guarded';
import { closeDialogs, closeLink, dialogIds, isAnyOpen, useDialogs } from '../state/dialogs';
import { closePalette } from '../state/palette';
import { useWorkspace } from '../state/workspace';
import { FailedDialog } from './FailedDialog';
import { focusBack } from './focus-back';

const leave = () => {
  closeDialogs();
  closeLink();
};

/** While they are on their way: Escape takes back what was asked for. */
const Awaited = () => {
  const isOpen = useDialogs(isAnyOpen);
  useLayoutEffect(() => (isOpen ? layAbove(leave, true).end : undefined), [isOpen]);
  return null;
};

/** All of them in one file: a file each would be dozens, and asking for them longer than all else. */
const Dialogs = arriving(async () => (await import('./Dialogs')).Dialogs, <Awaited />);

/** Closes what hangs open from a button of the view, as a press beside it does: it would stand above a dialog that a key opens. */
const closePopovers = () => document.body.dispatchEvent(new MouseEvent('mousedown', { bubbles: true }));

/** Dialogs are not part of the first load: they come when the page is idle, or when one is first asked for. */
export const DialogHost = () => {
  const isOpen = useDialogs(isAnyOpen);
  const [wasAsked, setWasAsked] = useState(isOpen);
  if (isOpen && !wasAsked) setWasAsked(true);
  useEffect(() => {
    const { closed, stop } = focusBack();
    const leaveDialogs = useDialogs.subscribe((now, before) => {
      if (dialogIds.some((id) => now[id] !== null && before[id] === null)) {
        closePopovers();
        closePalette();
      }
      if (!isAnyOpen(now)) closed();
    });
    // A key that goes to another view leaves what hangs open in this one.
    const leaveView = useWorkspace.subscribe((now, before) => {
      if (now.active !== before.active) closePopovers();
    });
    return () => {
      leaveDialogs();
      leaveView();
      stop();
    };
  }, []);
  useEffect(() => atRest(() => void Dialogs.arrive()), []);
  return (
    wasAsked && (
      <Guarded failed={(error, again) => <FailedDialog ids={dialogIds} error={error} again={again} />}>
        <Dialogs />
      </Guarded>
    )
  );
};
