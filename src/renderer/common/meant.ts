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
 * An element's properties that call `act` once it is rested on, and `'press'` once a button of the mouse goes down on it: the
 * click comes when that is let go of, a tenth of a second later. A finger that goes down may be about to scroll.
 */
export const meant = (act: (by: 'rest' | 'press') => void) => ({
  onPointerEnter: () => rest(() => act('rest')),
  onPointerLeave: leave,
  onPointerDown: ({ button, pointerType }: Pick<PointerEvent, 'button' | 'pointerType'>) => {
    if (button !== 0 || pointerType !== 'mouse') return;
    leave();
    act('press');
  },
  onFocus: () => rest(() => act('rest')),
  onBlur: leave,
});
