import { useEffect, useRef, useState } from 'react';

/** A pause in typing that long means: search, ms. */
const pauseMs = 350;

/**
 * Text that is handed on after a pause or with Enter; while a word is being composed (Korean, Japanese, Chinese…) nothing
 * is. `composing` goes to the input.
 */
export const useTyped = (value: string, onChange: (value: string) => void) => {
  const [text, setText] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isComposing = useRef(false);
  // By the time that a pause is over, the view may be another one.
  const latest = useRef({ value, onChange });
  latest.current = { value, onChange };
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    setText(value);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  const commit = (next: string) => {
    clearTimeout(timer.current);
    if (next !== latest.current.value) latest.current.onChange(next);
  };
  const later = (next: string) => {
    clearTimeout(timer.current);
    if (!isComposing.current) timer.current = setTimeout(() => commit(next), pauseMs);
  };
  const type = (next: string) => {
    setText(next);
    later(next);
  };
  /** Shows another text, and asks nothing. */
  const show = (next: string) => {
    clearTimeout(timer.current);
    setText(next);
  };
  const clear = () => {
    setText('');
    commit('');
  };
  const composing = {
    onCompositionStart: () => {
      isComposing.current = true;
      clearTimeout(timer.current);
    },
    onCompositionEnd: ({ currentTarget }: { currentTarget: EventTarget & HTMLInputElement }) => {
      isComposing.current = false;
      later(currentTarget.value);
    },
  };
  return { text, type, commit, show, clear, composing };
};

/** Tells whether a field still has a text: what is typed while something is looked up stands. */
export const useStillHas = (text: string): ((before: string) => boolean) => {
  const current = useRef(text);
  current.current = text;
  return (before) => current.current === before;
};
