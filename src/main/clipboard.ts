import { clipboardMs } from '../shared/limits.ts';

/** A clipboard, as a door has it. */
export type Clipboard = { readText(): Promise<string>; writeText(text: string): Promise<void> };

/**
 * Copies to the clipboard. What is sensitive is cleared after `clipboardMs`, or at `clear`, unless something else was
 * copied meanwhile.
 */
export const clearingClipboard = (clipboard: Clipboard, afterMs = clipboardMs) => {
  let waiting: { text: string; timer: NodeJS.Timeout } | null = null;
  const clear = async () => {
    if (!waiting) return;
    const { text, timer } = waiting;
    waiting = null;
    clearTimeout(timer);
    if ((await clipboard.readText()) === text) await clipboard.writeText('');
  };
  return {
    async copy(text: string, sensitive: boolean) {
      if (waiting) clearTimeout(waiting.timer);
      waiting = null;
      await clipboard.writeText(text);
      waiting = sensitive ? { text, timer: setTimeout(() => void clear(), afterMs) } : null;
      waiting?.timer.unref();
    },
    clear,
  };
};
