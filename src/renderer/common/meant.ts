/** A pointer or the focus that rests so long on something means it, ms. */
const meantMs = 150;

/** Calls what was rested on last; a pointer rests on one thing at a time. */
export const resting = () => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    rest: (act: () => void) => {
      clearTimeout(timer);
      timer = setTimeout(act, meantMs);
    },
    leave: () => clearTimeout(timer),
  };
};

const { rest, leave } = resting();

/**
 * An element's properties that call `act` once it is rested on, and once a button of the mouse goes down on it (`isPressed`):
 * the click comes when that is let go of, a tenth of a second later.
 */
export const meant = (act: (isPressed: boolean) => void) => ({
  onPointerEnter: () => rest(() => act(false)),
  onPointerLeave: leave,
  onPointerDown: ({ button }: { button: number }) => {
    if (button !== 0) return;
    leave();
    act(true);
  },
  onFocus: () => rest(() => act(false)),
  onBlur: leave,
});
