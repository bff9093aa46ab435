import { expect, test } from 'vitest';
import { pageSize } from '../../../shared/limits.ts';
import { type Row, unreadableRow } from '../../../shared/row.ts';
import type { ReadPage } from './matches.ts';
import { namedIds } from './named-ids.ts';

const organizations: Row[] = ['One', 'Two', 'Three'].map((name) => ({ id: `id-${name}`, name }));

/** A list whose pages keep some rows back, and searches that do too. */
const listOf = (shown: readonly Row[], total: number | null, searched: readonly Row[] = organizations) => {
  const searches: string[] = [];
  const page = { capped: false, until: 0, fetchedAt: 0, requestId: null };
  const read: ReadPage = async ({ filters }, index) => {
    const [keyword] = filters.keyword ?? [];
    if (keyword === undefined)
      return { ...page, rows: shown.slice(index * pageSize, (index + 1) * pageSize), total };
    searches.push(keyword);
    const rows = searched.filter(({ name = keyword }) => name === keyword);
    return { ...page, rows, total: rows.length };
  };
  return { named: namedIds('p', 'organizations', read), searches };
};
const unreadable = () => unreadableRow({ place: 0, before: null, after: null });
const [one = {}, ...others] = organizations;
const refused = (guard: string, name: string) => ({
  ids: [],
  refusal: { guard, about: `organizations: ${name}` },
});

test('what a list keeps back is searched for, once, before it is said not to be there', async () => {
  for (const shown of [others, [...others, unreadable()]]) {
    const { named, searches } = listOf(shown, 3);
    expect(await named(['Two'])).toEqual({ ids: ['id-Two'], refusal: null });
    expect(searches).toEqual([]);
    expect(await named(['One'])).toEqual({ ids: ['id-One'], refusal: null });
    expect(await named(['One', 'Two'])).toEqual({ ids: ['id-One', 'id-Two'], refusal: null });
    expect(await named(['Four'])).toEqual(refused('not-found', 'Four'));
    expect(searches).toEqual(['One', 'Four']);
  }
});

test('what the server fails on is not said not to be there', async () => {
  const { named } = listOf([...others, unreadable()], 3, [unreadable()]);
  expect(await named(['One'])).toEqual(refused('not-read-completely', 'One'));
});

test('a list that is whole is not searched, also where nobody counts it', async () => {
  for (const total of [3, null]) {
    const { named, searches } = listOf([one, ...others], total);
    expect(await named(['Four'])).toEqual(refused('not-found', 'Four'));
    expect(searches).toEqual([]);
  }
});

test('of several pages that nobody counts one may lack: what is not in them is searched for', async () => {
  const many = Array.from(
    { length: pageSize + 5 },
    (_, at): Row => ({ id: `many-${at}`, name: `Many ${at}` }),
  );
  const { named, searches } = listOf(many, null);
  expect(await named(['One'])).toEqual({ ids: ['id-One'], refusal: null });
  expect(searches).toEqual(['One']);
});
