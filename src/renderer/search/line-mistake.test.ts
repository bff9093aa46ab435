import { expect, test } from 'vitest';
import { reasonSaid } from '../../shared/phrases/testing';
import { around, faultInTyped, isUnfinished, type LineMistakeAt, mistakeIn } from './line-mistake';

const said = ({ reason }: LineMistakeAt) =>
  'detail' in reason ? expect.fail('an error') : reasonSaid(reason);

test('words and lines that can be read have no mistake', () => {
  for (const text of ['', 'kim', 'kim@corp.test', 'name:kim', 'email:~"corp" and name:^"k"'])
    expect(mistakeIn(text)).toBeNull();
});

test('a line that cannot be read has its mistake at its column, and the mark stands below it', () => {
  const mistake = mistakeIn('name:~"kim" email:~"corp"');
  if (!mistake) throw new Error('there is one');
  expect(mistake.column).toBe(13);
  expect(said(mistake)).toContain('missing');
  expect(around(mistake)).toEqual({ text: 'name:~"kim" email:~"corp"', before: 12 });
});

test('of a long line the part around the mistake is shown', () => {
  const values = Array.from({ length: 60 }, (_, at) => `"user${at}@corp.test"`).join(',');
  const line = `email:=${values} nmae:x and name:y`;
  const mistake = mistakeIn(line);
  if (!mistake) throw new Error('there is one');
  const { text, before } = around(mistake);
  expect(text.length).toBeLessThanOrEqual(62);
  expect(text.startsWith('…')).toBe(true);
  expect(text.slice(before)).toMatch(/^nmae:x/);
  const atEnd = mistakeIn(`email:=${values} and`);
  if (!atEnd) throw new Error('there is one');
  expect(around(atEnd).before).toBe(around(atEnd).text.length);
});

test('a line break in a line does not break the mark', () => {
  const mistake = mistakeIn('name:~"a\nb" nmae:x');
  if (!mistake) throw new Error('there is one');
  const { text, before } = around(mistake);
  expect(text).toBe('name:~"a b" nmae:x');
  expect(text.slice(before)).toBe('nmae:x');
});

test('what can be completed is not called a mistake at once', () => {
  const isStill = (line: string) => {
    const mistake = mistakeIn(line);
    return mistake && isUnfinished(mistake);
  };
  expect(isStill('name:~"kim" an')).toBe(true);
  expect(isStill('name:')).toBe(true);
  expect(isStill('name:~"kim" email:~"corp"')).toBe(false);
  expect(isStill('name:~"kim" nmae:')).toBe(false);
});

test('a condition with a value that its column cannot have has its mistake at the value', () => {
  const typed = faultInTyped('last sign-in: 2026-02-30', '2026-02-30', 'moment');
  expect(typed.column).toBe(15);
  expect(said(typed)).toContain('"2026-02-30" is not a time');
  expect(around(typed).before).toBe(14);
  const empty = faultInTyped('suspended:', '', 'empty');
  expect(empty.column).toBe(11);
  expect(said(empty)).toBe('a value is missing');
});
