import { pageKeyHeader, pageKeyItem } from '../../shared/page-key.ts';

export { pageKeyHeader };

/** The key by which the browser door knows our page; empty in the desktop, and in a tab that nobody gave one. */
export const pageKey = (): string => window.sessionStorage.getItem(pageKeyItem) ?? '';

/** How long a tab waits for the key from another one, ms. */
const waitMs = 1_000;

/**
 * Keeps the door's key in every tab of it: one that was opened by itself asks the others, over a channel that a browser
 * keeps for one origin, port included. False when nobody has it.
 */
export const sharePageKey = async (): Promise<boolean> => {
  const channel = new BroadcastChannel(pageKeyItem);
  if (pageKey() === '') {
    const key = await new Promise<string>((resolve) => {
      const timer = setTimeout(() => resolve(''), waitMs);
      channel.onmessage = ({ data }: MessageEvent<{ key?: string }>) => {
        if (!data.key) return;
        clearTimeout(timer);
        resolve(data.key);
      };
      channel.postMessage({});
    });
    if (key) window.sessionStorage.setItem(pageKeyItem, key);
  }
  channel.onmessage = ({ data }: MessageEvent<{ key?: string }>) => {
    const key = pageKey();
    if (!data.key && key) channel.postMessage({ key });
  };
  return pageKey() !== '';
};
