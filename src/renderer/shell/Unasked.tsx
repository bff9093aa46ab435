import { type ReactNode, useEffect, useEffectEvent } from 'react';
import { Guarded } from '../common/Guarded';

/** How long what nobody asked for waits until it is tried again, ms. */
const againMs = 5_000;

type AgainProps = { again: () => void; children?: ReactNode };

/** In the place of what failed while nobody asked for it: tries it again after a while. */
export const Again = ({ again, children }: AgainProps) => {
  const tryAgain = useEffectEvent(again);
  useEffect(() => {
    const waiting = setTimeout(() => tryAgain(), againMs);
    return () => clearTimeout(waiting);
  }, []);
  return children;
};

type Props = { children: ReactNode; instead?: ReactNode };

/**
 * What stands on the page without being asked for: where it cannot be shown, something `instead` keeps its place without a
 * word until it can, and the rest of the page stays.
 */
export const Unasked = ({ children, instead = null }: Props) => (
  <Guarded failed={(_error, again) => <Again again={again}>{instead}</Again>}>{children}</Guarded>
);
