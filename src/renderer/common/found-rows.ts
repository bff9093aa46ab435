import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { resourceOf } from '../../shared/catalog';
import { foldedText } from '../../shared/fits';
import { type Row, rowIdOf } from '../../shared/row';
import { api } from '../link/api';

/** Lists are asked for what was typed once nothing was for so long. */
const restMs = 250;

type Filters = Readonly<Record<string, string[]>>;

/** The list that is chosen from, the row that it is below, and what it is filtered by. */
type Searched = {
  profile: string;
  list: string;
  parent?: string | undefined;
  filters?: Filters | undefined;
};

/** By what the rows of a choice are kept, while a form and its review are there. */
export const choicesKey = (profile: string, { list, parent = '', filters = {} }: Omit<Searched, 'profile'>) =>
  ['choices', profile, list, parent, filters] as const;

/** Without what is typed: another list, or the same one narrowed in another way, is another choice. */
const listOf = ([, ...parts]: readonly unknown[]): string =>
  JSON.stringify(parts, (name, value) => (name === 'keyword' ? undefined : value));

const noRows: Row[] = [];

type FoundRows = {
  rows: Row[];
  /** True until the server has answered for what is typed now. */
  isWaiting: boolean;
  /** True of what may be offered for what is typed now: all that the server found for it, else what has it in itself. */
  fits: (id: string, label: string) => boolean;
};

/**
 * Rows to choose from that the server finds for a typed text, where it can search; else all of its first page. Those that were
 * found before stay until it has answered, as far as they fit, and where they are when it has: an option that goes, or moves,
 * under a press of the mouse would not be chosen by it.
 */
export const useFoundRows = (searched: Searched, typed: string): FoundRows => {
  const { profile, list, parent, filters: only } = searched;
  const resource = resourceOf(list);
  const canSearch = resource.filters.some((filter) => filter.id === 'keyword');
  const text = typed.trim();
  const [asked] = useDebouncedValue(text, restMs);
  const filters = { ...only, ...(canSearch && asked ? { keyword: [asked] } : {}) };
  const key = choicesKey(profile, { list, parent, filters });
  const { data, isFetching, isPlaceholderData } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) =>
      api.list.page.query(
        { query: { profile, resource: list, ...(parent ? { parent } : {}), filters }, index: 0 },
        { signal },
      ),
    placeholderData: (before, query) =>
      query && listOf(key) === listOf(query.queryKey) ? before : undefined,
  });
  const found = data?.rows ?? noRows;
  const isAnswered = canSearch && text === asked && !isPlaceholderData;
  const folded = foldedText(text);
  const having = useMemo(() => {
    const has = (row: Row) =>
      Object.values(row).some((value) => typeof value === 'string' && foldedText(value).includes(folded));
    // Users are found by their email, too. A list that cannot be searched is looked through by what is read of it.
    const some = isAnswered || !canSearch ? [] : found.filter(has);
    return new Set(some.map((row) => rowIdOf(resource, row)));
  }, [found, folded, isAnswered, canSearch, resource]);
  const fits = (id: string, label: string) =>
    isAnswered || having.has(id) || foldedText(label).includes(folded);
  const offered = useRef<readonly string[]>([]);
  const rows = useMemo(() => {
    const places = new Map(offered.current.map((id, at) => [id, at]));
    const placeOf = (row: Row) => places.get(rowIdOf(resource, row)) ?? places.size;
    return [...found].sort((a, b) => placeOf(a) - placeOf(b));
  }, [found, resource]);
  useEffect(() => {
    // Who types nothing sees them as the server has them.
    offered.current =
      text === ''
        ? []
        : rows.flatMap((row) => {
            const id = rowIdOf(resource, row);
            return isAnswered || having.has(id) ? [id] : [];
          });
  }, [rows, resource, text, isAnswered, having]);
  return { rows, isWaiting: isFetching || (canSearch && text !== asked), fits };
};
