import { useLocked } from './lock';

/** Forms that hold what was typed and not sent. */
const forms = new Set<symbol>();
let isLost = false;

/** A form holds something that was not sent, until what this gives is called. */
export const holdUnsent = (): (() => void) => {
  const form = Symbol();
  forms.add(form);
  return () => void forms.delete(form);
};

/** What was not sent went with the lock. */
export const noteLost = () => {
  isLost = true;
};

/** Whether anything went with the lock since this was asked. */
export const takeLost = (): boolean => {
  const was = isLost;
  isLost = false;
  return was;
};

// Nothing of a tenant stays in the page behind the lock; whoever comes back is told.
useLocked.subscribe(({ locked }) => {
  if (locked && forms.size > 0) noteLost();
});
