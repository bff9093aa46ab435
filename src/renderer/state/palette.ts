import { create } from 'zustand';

/** The palette; `early`: what was typed since it was asked for and before its box was there; `enters`: Enter after it. */
export const usePalette = create<{ opened: boolean; early: string; enters: boolean }>(() => ({
  opened: false,
  early: '',
  enters: false,
}));

let stop = () => {};

/** Keeps what is typed until the box takes it: the first letters may come while the palette is loaded, or drawn. */
const catchKeys = () => {
  const caught = (event: KeyboardEvent) => {
    const { key, ctrlKey, metaKey, altKey } = event;
    if (key === 'Escape') closePalette();
    const isText = [...key].length === 1 || key === 'Backspace';
    if (ctrlKey || metaKey || altKey || !(isText || (key === 'Enter' && !event.isComposing))) return;
    event.preventDefault();
    event.stopPropagation();
    usePalette.setState(({ early, enters }) => {
      if (enters || !isText) return { enters: true };
      return { early: key === 'Backspace' ? [...early].slice(0, -1).join('') : early + key };
    });
  };
  window.addEventListener('keydown', caught, true);
  stop = () => window.removeEventListener('keydown', caught, true);
};

export const openPalette = () => {
  if (usePalette.getState().opened) return;
  stop();
  usePalette.setState({ opened: true, early: '', enters: false });
  catchKeys();
};

export const closePalette = () => {
  stop();
  usePalette.setState({ opened: false, early: '', enters: false });
};

/** What was typed before the box was there, which has the focus from now on. */
export const takeEarly = () => {
  stop();
  return usePalette.getState();
};
