import { useEffect, useEffectEvent } from 'react';
import type { ErrorValue } from '../../shared/errors';
import { closeThese, type DialogId, useDialogs } from '../state/dialogs';
import { FailedAbove } from './FailedAbove';

type Props = { ids: readonly DialogId[]; error: ErrorValue; again: () => void };

/**
 * In the place of dialogs that cannot be shown, until whoever asked for one leaves it. Secrets that are shown once stay, for
 * another try. The next one that is asked for is tried anew, in the place of what was asked for before.
 */
export const FailedDialog = ({ ids, error, again }: Props) => {
  const left = ids.filter((id) => id !== 'made');
  const isOpen = useDialogs((state) => ids.some((id) => state[id] !== null));
  const canLeave = useDialogs((state) => left.some((id) => state[id] !== null));
  const askedAnew = useEffectEvent((asked: readonly DialogId[]) => {
    const now = useDialogs.getState();
    const before = left.filter((id) => now[id] !== null && !asked.includes(id));
    if (before.length > 0) closeThese(before);
    again();
  });
  useEffect(
    () =>
      useDialogs.subscribe((now, before) => {
        const asked = ids.filter((id) => now[id] !== null && before[id] === null);
        if (asked.length > 0) askedAnew(asked);
      }),
    [ids],
  );
  return (
    isOpen && <FailedAbove error={error} again={again} onLeave={canLeave ? () => closeThese(left) : null} />
  );
};
