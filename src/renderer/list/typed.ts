import { useEffect, useRef, useState } from 'react';

/** A pause in typing that long means: search, ms. */
const pauseMs = 350;

/** Text that is handed on after a pause or with Enter. */
export const useTyped = (value: string, onChange: (value: string) => void) => {
  const [text, setText] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    setText(value);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  const commit = (next: string) => {
    clearTimeout(timer.current);
    if (next !== value) onChange(next);
  };
  const type = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => commit(next), pauseMs);
  };
  const clear = () => {
    setText('');
    commit('');
  };
  return { text, type, commit, clear };
};
