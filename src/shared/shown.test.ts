import { expect, test } from 'vitest';
import { longestShown, shownJson, shownText } from './shown.ts';

test.each([
  ['admin\u202Egnp.exe', 'admin⟨U+202E⟩gnp.exe'],
  ['a\u200Bb\u0000c\uFEFF', 'a⟨U+200B⟩b⟨U+0000⟩c⟨U+FEFF⟩'],
  ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
  ['half \ud800', 'half \ufffd'],
])('what could deceive is named: %j', (text, shown) => expect(shownText(text)).toBe(shown));

test.each(['김민준', 'नमस्ते', 'می‌خواهم', '👩‍💻', 'مرحبا', 'two\nlines\tand a tab'])(
  'what scripts need stays: %s',
  (text) => expect(shownText(text)).toBe(text),
);

test('what is endless is cut', () => expect(shownText('x'.repeat(1_000_000))).toHaveLength(longestShown + 1));

test('JSON is indented, unless it nests so deeply that indenting would never end', () => {
  expect(shownJson({ a: ['b\u202E'] })).toBe('{\n  "a": [\n    "b⟨U+202E⟩"\n  ]\n}');
  const deep = JSON.parse(`${'{"a":'.repeat(90)}1${'}'.repeat(90)}`);
  expect(shownJson(deep)).not.toContain('\n');
});
