import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const px = z.number().int().min(-100_000).max(100_000);

/** How the window was left: its place when it is not maximized, px, and its zoom. */
export const windowStateSchema = z.object({
  x: px,
  y: px,
  width: px.min(1),
  height: px.min(1),
  maximized: z.boolean(),
  /** 1: as large as it is designed. */
  zoom: z.number().min(0.25).max(5),
});
export type WindowState = z.infer<typeof windowStateSchema>;

/** Px, as Electron has bounds and the usable parts of screens. */
export type Bounds = { x: number; y: number; width: number; height: number };

export const leastSize = { width: 900, height: 560 } as const;
export const usualSize = { width: 1280, height: 800 } as const;

/** Px of a window's upper edge by which it can be taken hold of. */
const grip = { width: 120, height: 32 } as const;

const overlap = (from: number, length: number, start: number, size: number) =>
  Math.min(from + length, start + size) - Math.max(from, start);

/** True where so much of the upper edge is on a screen that the window can be moved. */
const canBeHeld = ({ x, y, width }: Bounds, screen: Bounds): boolean =>
  overlap(x, width, screen.x, screen.width) >= grip.width &&
  y >= screen.y &&
  y + grip.height <= screen.y + screen.height;

/**
 * Where a window opens: where it was left, no larger than that screen, at least as large as it works; where that screen is
 * gone, or nothing is known, in its usual size wherever the system puts it.
 */
export const placeOf = (state: WindowState | null, screens: readonly Bounds[]): Partial<Bounds> => {
  if (!state) return usualSize;
  const width = Math.max(leastSize.width, state.width);
  const height = Math.max(leastSize.height, state.height);
  const screen = screens.find((one) => canBeHeld({ ...state, width, height }, one));
  if (!screen) return usualSize;
  return {
    x: state.x,
    y: state.y,
    width: Math.max(leastSize.width, Math.min(width, screen.width)),
    height: Math.max(leastSize.height, Math.min(height, screen.height)),
  };
};

/** The state that a file has; null where it has none that can be read. */
export const readWindowState = (path: string): WindowState | null => {
  try {
    return windowStateSchema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data ?? null;
  } catch {
    return null;
  }
};

/** Keeps the state in a file. One that cannot be written stands in nobody's way: the window opens as usual. */
export const writeWindowState = (path: string, state: WindowState) => {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const made = `${path}.${process.pid}.new`;
    writeFileSync(made, `${JSON.stringify(windowStateSchema.parse(state))}\n`, { mode: 0o600 });
    renameSync(made, path);
  } catch {
    // See above.
  }
};

/** The page's own background in its theme (`renderer/global.css`): what is seen before the page is there. */
export const backgroundOf = (theme: 'system' | 'light' | 'dark', isSystemDark: boolean): string =>
  theme === 'dark' || (theme === 'system' && isSystemDark) ? '#17181c' : '#ffffff';
