import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const pages = ['docs/architecture.md', 'CONTRIBUTING.md'];

test.each(pages)('every file that %s names is there', (page) => {
  const named = [...readFileSync(page, 'utf8').matchAll(/`(src\/[\w./-]+|scripts\/[\w./-]+)`/g)].map(
    ([, path = '']) => path,
  );
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((path) => !existsSync(path))).toEqual([]);
});
