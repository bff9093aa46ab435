import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { resourceOf } from '../../shared/catalog';
import type { Row } from '../../shared/row';
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

const sameList = (one: readonly unknown[], other: readonly unknown[] | undefined): boolean =>
  one.slice(0, -1).every((part, at) => part === other?.[at]);

type FoundRows = {
  rows: Row[];
  /** True until the server has answered for what is typed now. */
  isWaiting: boolean;
  /** True of what may be offered for what is typed now: all that the server found for it, else by its label. */
  fits: (label: string) => boolean;
};

/**
 * Rows to choose from that the server finds for a typed text, where it can search; else all of its first page. Those that were
 * found before stay until it has answered, as far as they fit: an option that goes and comes again under a press of the
 * mouse would not be chosen by it.
 */
export const useFoundRows = (searched: Searched, typed: string): FoundRows => {
  const { profile, list, parent, filters: only } = searched;
  const canSearch = resourceOf(list).filters.some((filter) => filter.id === 'keyword');
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
    placeholderData: (before, query) => (sameList(key, query?.queryKey) ? before : undefined),
  });
  const isAnswered = canSearch && text === asked && !isPlaceholderData;
  return {
    rows: data?.rows ?? [],
    isWaiting: isFetching || (canSearch && text !== asked),
    fits: (label) => isAnswered || label.toLowerCase().includes(text.toLowerCase()),
  };
};
