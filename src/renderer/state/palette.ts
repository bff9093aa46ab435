import { create } from 'zustand';

/** The palette; `early`: what was typed since it was asked for and before its box was there. */
export const usePalette = create<{ opened: boolean; early: string }>(() => ({ opened: false, early: '' }));

let stop = () => {};

/** Keeps what is typed until the box takes it: the first letters may come while the palette is loaded, or drawn. */
const catchKeys = () => {
  const caught = (event: KeyboardEvent) => {
    const { key, ctrlKey, metaKey, altKey } = event;
    if (key === 'Escape') closePalette();
    if (ctrlKey || metaKey || altKey || ([...key].length !== 1 && key !== 'Backspace')) return;
    event.preventDefault();
    event.stopPropagation();
    usePalette.setState(({ early }) => ({
      early: key === 'Backspace' ? [...early].slice(0, -1).join('') : early + key,
    }));
  };
  window.addEventListener('keydown', caught, true);
  stop = () => window.removeEventListener('keydown', caught, true);
};

export const openPalette = () => {
  if (usePalette.getState().opened) return;
  stop();
  usePalette.setState({ opened: true, early: '' });
  catchKeys();
};

export const closePalette = () => {
  stop();
  usePalette.setState({ opened: false, early: '' });
};

/** What was typed before the box was there, which has the focus from now on. */
export const takeEarly = (): string => {
  stop();
  return usePalette.getState().early;
};
