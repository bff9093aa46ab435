import { expect, test } from 'vitest';
import { columnTitle } from '../../shared/phrases/catalog-words';
import { phrases } from './index';

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
