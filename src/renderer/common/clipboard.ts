import { useState } from 'react';
import { clipboardMs } from '../../shared/limits';
import { api } from '../link/api';

let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * A page may not read the clipboard, so it clears its own copy only when it was in front all the time: elsewhere,
 * something else may have been copied meanwhile.
 */
const clearLater = () => {
  const forget = () => clearTimeout(timer);
  window.addEventListener('blur', forget, { once: true });
  timer = setTimeout(() => {
    window.removeEventListener('blur', forget);
    navigator.clipboard.writeText('').catch(() => {});
  }, clipboardMs);
};

/** Copies text; what is sensitive does not stay in the clipboard. */
export const copyText = async (text: string, sensitive: boolean): Promise<void> => {
  if (window.desk) {
    await api.app.copy.mutate({ text, sensitive });
    return;
  }
  clearTimeout(timer);
  await navigator.clipboard.writeText(text);
  if (sensitive) clearLater();
};

/** How long a button says that it copied, ms. */
const saidForMs = 1_500;

/** A button's copying: `copied` is true for a moment after it. */
export const useCopy = () => {
  const [copied, setCopied] = useState(false);
  const copy = (text: string, sensitive: boolean) =>
    copyText(text, sensitive).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), saidForMs);
    });
  return { copied, copy };
};
