import { useEffect, useEffectEvent, useState } from 'react';
import type { ErrorValue } from '../../shared/errors';
import { arriving } from '../common/arriving';
import { Guarded } from '../common/Guarded';
import { closePalette, takeEarly, usePalette } from '../state/palette';
import { FailedAbove } from './FailedAbove';
import { Again } from './Unasked';

const Palette = arriving(async () => (await import('./soon')).Palette);

type FailedProps = { error: ErrorValue; again: () => void };

/** Said only to whoever asked for it; until then it is tried again by itself, and once more when it is asked for. */
const Failed = ({ error, again }: FailedProps) => {
  const opened = usePalette((state) => state.opened);
  const [isTold, setTold] = useState(opened);
  if (!opened && isTold) setTold(false);
  const tryAgain = useEffectEvent(again);
  useEffect(() => {
    if (!opened) return;
    if (!isTold) return tryAgain();
    // Keys do not belong to a box that does not come.
    takeEarly();
  }, [opened, isTold]);
  return opened ? (
    <FailedAbove error={error} again={again} onLeave={closePalette} />
  ) : (
    <Again again={again} />
  );
};

export const PaletteHost = () => (
  <Guarded failed={(error, again) => <Failed error={error} again={again} />}>
    <Palette />
  </Guarded>
);
