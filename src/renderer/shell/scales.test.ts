import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { theme } from './mantine-theme.ts';

const room = join(import.meta.dirname, '..');
const textsOf = (names: string) =>
  globSync(names, { cwd: room }).map((path) => ({ path, text: readFileSync(join(room, path), 'utf8') }));

test('text has the sizes of the theme, and no other', () => {
  const known = Object.keys(theme.fontSizes ?? {}).map((size) => `var(--mantine-font-size-${size})`);
  expect(known.length).toBeGreaterThan(4);
  const others = textsOf('**/*.css').flatMap(({ path, text }) =>
    [...text.matchAll(/font-size: ([^;]+);/g)].flatMap(([, size = '']) =>
      // What is part of a text is as large as it, or a little less.
      known.includes(size) || size === 'inherit' || /^0\.\d+em$/.test(size) ? [] : [`${path}: ${size}`],
    ),
  );
  expect(others).toEqual([]);
});

test('distances are those of the theme, and no other', () => {
  const known = Object.keys(theme.spacing ?? {});
  expect(known.length).toBeGreaterThan(4);
  const inStyles = textsOf('**/*.css').flatMap(({ path, text }) =>
    [...text.matchAll(/(?<![\w-])(?:padding|margin|(?:row-|column-)?gap)[a-z-]*: ([^;]+);/g)].flatMap(
      ([, value = '']) => {
        const lengths = value.match(/--mantine-spacing-[a-z0-9]+|\b[0-9.]+(?:px|r?em)\b/g) ?? [];
        // One pixel is the width of a line, not a distance.
        return lengths
          .filter((one) => !known.includes(one.replace('--mantine-spacing-', '')) && one !== '1px')
          .map((one) => `${path}: ${one}`);
      },
    ),
  );
  const inParts = textsOf('**/*.tsx').flatMap(({ path, text }) =>
    [...text.matchAll(/\s(?:[pm][xytblr]?|gap|spacing)=(?:\{-?(\d+)\}|"-?([a-z0-9]+)")/g)].flatMap(
      ([whole, number, name = '']) =>
        known.includes(name) || name === 'auto' || number === '0' ? [] : [`${path}:${whole}`],
    ),
  );
  expect([...inStyles, ...inParts]).toEqual([]);
});
