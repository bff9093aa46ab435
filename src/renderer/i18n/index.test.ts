import { expect, test } from 'vitest';
import { columnTitle } from '../../shared/phrases/catalog-words';
import { clock, megabytes, number, percent, phrases } from './index';

test('phrases that are looked up once are those of the language that is spoken, and those with values are made anew', async () => {
  const t = phrases.getFixedT(null, 'translation');
  for (let time = 0; time < 2; time += 1) {
    expect(t('changing.journal')).toBe(phrases.t('changing.journal'));
    expect(columnTitle(t, 'users', 'name')).toBe('Name');
    expect(columnTitle(t, 'users', 'customData.plan')).toBe(
      columnTitle(phrases.t, 'users', 'customData.plan'),
    );
  }
  expect(t('errors.network.refused.title', { where: 'one' })).toContain('one');
  expect(t('errors.network.refused.title', { where: 'other' })).toContain('other');
  phrases.addResourceBundle('de', 'translation', { changing: { journal: 'Änderungsprotokoll' } });
  await phrases.changeLanguage('de');
  expect(t('changing.journal')).toBe('Änderungsprotokoll');
  await phrases.changeLanguage('en');
  expect(t('changing.journal')).toBe(phrases.t('changing.journal'));
});

test('numbers, shares and sizes are written in the manner of the language, and a moment is the same in each', async () => {
  const at = Date.parse('2026-11-20T09:00:00');
  // Some languages set a blank that does not break.
  const said = () =>
    [number(20_000), percent(0.125, 1), percent(0.5, 0), megabytes(1_250_000)].map((text) =>
      text.replace(/\s/g, ' '),
    );
  expect(said()).toEqual(['20,000', '12.5%', '50%', '1.3 MB']);
  const moment = clock(at);
  expect(moment).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  await phrases.changeLanguage('de');
  expect(said()).toEqual(['20.000', '12,5 %', '50 %', '1,3 MB']);
  expect(clock(at)).toBe(moment);
  await phrases.changeLanguage('en');
});
