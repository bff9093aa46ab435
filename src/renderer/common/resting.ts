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
