/** A clipboard, as a door has it. */
export type Clipboard = { readText(): Promise<string>; writeText(text: string): Promise<void> };

/** How long a copy of something sensitive stays in the clipboard, ms. */
export const clearAfterMs = 30_000;

/**
 * Copies to the clipboard. What is sensitive is cleared after `clearAfterMs`, or at `clear`, unless something else was
 * copied meanwhile.
 */
export const clearingClipboard = (clipboard: Clipboard, afterMs = clearAfterMs) => {
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
