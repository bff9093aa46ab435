import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { theme } from './mantine-theme.ts';

const room = join(import.meta.dirname, '..');

test('text has the sizes of the theme, and no other', () => {
  const known = Object.keys(theme.fontSizes ?? {}).map((size) => `var(--mantine-font-size-${size})`);
  expect(known.length).toBeGreaterThan(4);
  const others = globSync('**/*.css', { cwd: room }).flatMap((path) =>
    [...readFileSync(join(room, path), 'utf8').matchAll(/font-size: ([^;]+);/g)].flatMap(([, size = '']) =>
      // What is part of a text is as large as it, or a little less.
      known.includes(size) || size === 'inherit' || /^0\.\d+em$/.test(size) ? [] : [`${path}: ${size}`],
    ),
  );
  expect(others).toEqual([]);
});
