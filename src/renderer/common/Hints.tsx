// biome-ignore lint/style/noRestrictedImports: this is the page's one
import { Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';

/** How long a pointer rests on something before it is told what that does, ms. */
const hintMs = 400;

type Hint = { of: HTMLElement; text: string };

const hintOf = (of: HTMLElement): Hint | null => {
  const text = of.dataset.hint;
  return text && of.isConnected ? { of, text } : null;
};

/**
 * Tells of what the pointer rests on what its `data-hint` says. One for the page: a tooltip of its own for each button was a
 * fifth of what a view was made of, before anybody rested on any.
 */
export const Hints = () => {
  const [shown, setShown] = useState<Hint | null>(null);
  useEffect(() => {
    const ended = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let rested: HTMLElement | null = null;
    const hide = () => {
      clearTimeout(timer);
      setShown(null);
    };
    const rest = ({ target, pointerType }: PointerEvent) => {
      const on = target instanceof Element && pointerType !== 'touch' ? target : null;
      const next = on?.closest<HTMLElement>('[data-hint]') ?? null;
      if (next === rested) return;
      rested = next;
      hide();
      if (next) timer = setTimeout(() => setShown(hintOf(next)), hintMs);
    };
    const leave = () => {
      rested = null;
      hide();
    };
    const options = { signal: ended.signal, capture: true, passive: true };
    document.addEventListener('pointerover', rest, options);
    document.documentElement.addEventListener('pointerleave', leave, { signal: ended.signal });
    // Whoever acts knows.
    for (const act of ['pointerdown', 'keydown', 'wheel']) document.addEventListener(act, hide, options);
    return () => {
      clearTimeout(timer);
      ended.abort();
    };
  }, []);
  const of = shown?.of;
  useEffect(() => {
    if (!of) return;
    // What it says may change meanwhile, and what has it may go.
    const changed = new MutationObserver(() => {
      const now = hintOf(of);
      setShown((before) => (before?.text === now?.text ? before : now));
    });
    changed.observe(document.body, { subtree: true, childList: true, attributeFilter: ['data-hint'] });
    return () => changed.disconnect();
  }, [of]);
  return (
    shown && <Tooltip key={shown.text} target={shown.of} label={shown.text} opened multiline maw={420} />
  );
};
