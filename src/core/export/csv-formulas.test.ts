import { expect, test } from 'vitest';
import { csvOf } from './csv.ts';

test('no formula begins a cell, whatever a spreadsheet parts cells by', () => {
  const columns = [{ id: 'name', kind: 'text' as const }];
  for (const formula of ['=1+1', '+1', '-1', '@SUM(A1)'])
    for (const before of ['', 'x;', 'x\t', 'x; ', ';']) {
      const record = csvOf(columns, [{ name: `${before}${formula}` }]);
      for (const cell of record.replaceAll('"', '').split(/[;\t]/))
        expect(cell.trim(), record).not.toMatch(/^[=+@-]/);
    }
  expect(csvOf(columns, [{ name: 'a;b = c-d' }])).toContain('a;b = c-d');
});
