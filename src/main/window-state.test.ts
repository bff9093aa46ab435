import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { backgroundOf, placeOf, readWindowState, usualSize, writeWindowState } from './window-state.ts';

const laptop = { x: 0, y: 0, width: 1440, height: 900 };
const beside = { x: 1440, y: -200, width: 1920, height: 1080 };
const left = { x: 1600, y: 0, width: 1300, height: 800, maximized: false, zoom: 1 };

describe('a window opens', () => {
  test('where it was left', () => {
    expect(placeOf(left, [laptop, beside])).toEqual({ x: 1600, y: 0, width: 1300, height: 800 });
  });

  test('as usual where nothing is known, and where its screen is gone', () => {
    expect(placeOf(null, [laptop])).toEqual(usualSize);
    expect(placeOf(left, [laptop])).toEqual(usualSize);
    expect(placeOf(left, [])).toEqual(usualSize);
  });

  test('as usual where nobody could take hold of it: a corner, or its edge above the screen', () => {
    expect(placeOf({ ...left, x: 1400, y: 100 }, [laptop])).toEqual(usualSize);
    expect(placeOf({ ...left, x: 100, y: -300 }, [laptop])).toEqual(usualSize);
    expect(placeOf({ ...left, x: 100, y: 880 }, [laptop])).toEqual(usualSize);
    expect(placeOf({ ...left, x: -1000, y: 10 }, [laptop])).toMatchObject({ x: -1000, width: 1300 });
  });

  test('no larger than its screen, and no smaller than it works', () => {
    const huge = { ...left, x: 0, width: 5_000, height: 4_000 };
    expect(placeOf(huge, [laptop])).toEqual({ x: 0, y: 0, width: 1440, height: 900 });
    expect(placeOf({ ...left, x: 0, width: 20, height: 10 }, [laptop])).toMatchObject({
      width: 900,
      height: 560,
    });
  });

  test('in the background of its theme', () => {
    const css = readFileSync(join(import.meta.dirname, '../renderer/global.css'), 'utf8');
    const [light, dark] = [...css.matchAll(/--desk-page: (#\w+)/g)].map(([, colour]) => colour);
    expect(backgroundOf('light', true)).toBe(light);
    expect(backgroundOf('dark', false)).toBe(dark);
    expect([backgroundOf('system', false), backgroundOf('system', true)]).toEqual([light, dark]);
  });
});

describe('the file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'logto-desk-window-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('gives back what was kept', () => {
    const path = join(folder, 'kept', 'window.json');
    writeWindowState(path, { ...left, maximized: true, zoom: 1.25 });
    expect(readWindowState(path)).toEqual({ ...left, maximized: true, zoom: 1.25 });
  });

  test.each(['', '{', '[]', '{"x":1}', '{"x":1e9,"y":0,"width":1,"height":1,"maximized":false,"zoom":1}'])(
    'of %j says nothing',
    (text) => {
      const path = join(folder, 'damaged.json');
      writeFileSync(path, text);
      expect(readWindowState(path)).toBeNull();
    },
  );

  test('that cannot be written is not an error', () => {
    expect(() => writeWindowState(join(folder, 'damaged.json', 'window.json'), left)).not.toThrow();
  });
});
