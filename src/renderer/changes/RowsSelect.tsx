import { MultiSelect } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { resourceOf } from '../../shared/catalog';
import { rowIdOf } from '../../shared/row';
import { shownText } from '../../shared/shown';
import { nameOf, useNamed } from '../common/names';
import { rowInWords } from '../common/row-words';
import { api } from '../link/api';
import { choicesKey } from './choices';

type Props = {
  profile: string;
  /** The list that is chosen from, and the row that it is below. */
  list: string;
  parent?: string | undefined;
  filters?: Readonly<Record<string, string[]>> | undefined;
  label: string;
  placeholder: string;
  value: readonly string[];
  error?: string | null;
  onChange: (ids: string[]) => void;
};

/** Chooses several rows by their names, among those that the server finds. */
export const RowsSelect = ({
  profile,
  list,
  parent,
  filters: only,
  label,
  placeholder,
  value,
  error,
  onChange,
}: Props) => {
  const { t } = useTranslation();
  const resource = resourceOf(list);
  const [typed, setTyped] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [asked] = useDebouncedValue(typed.trim(), 250);
  const known = useRef(new Map<string, string>()).current;
  const keyword = resource.filters.some((filter) => filter.id === 'keyword');
  const filters = { ...only, ...(keyword && asked ? { keyword: [asked] } : {}) };
  const query = { profile, resource: list, ...(parent ? { parent } : {}), filters };
  const { data, isFetching } = useQuery({
    queryKey: choicesKey(profile, { list, parent, filters }),
    queryFn: ({ signal }) => api.list.page.query({ query, index: 0 }, { signal }),
  });
  // Also of those that were chosen elsewhere: a list of their ids tells nobody anything.
  const named = useNamed(() =>
    JSON.stringify([
      ...(parent ? [] : value.map((id) => [id, nameOf(profile, list, id)])),
      ...(data?.rows ?? []).map((row) => [rowIdOf(resource, row), rowInWords(profile, resource, row)]),
    ]),
  );
  for (const [id, name] of JSON.parse(named) as [string, string | null][])
    if (name) known.set(id, shownText(name, 60));
  const found = (data?.rows ?? []).map((row) => rowIdOf(resource, row)).filter(Boolean);
  const ids = [...new Set([...value, ...found])];
  const labels = ids.map((id) => known.get(id) ?? id);
  // Two of the same name (factors of a kind) are told apart by their ids.
  const isDoubled = (label: string) => labels.indexOf(label) !== labels.lastIndexOf(label);
  const options = ids.map((id, at) => {
    const name = labels[at] ?? id;
    return { value: id, label: isDoubled(name) && name !== id ? `${name} · ${id}` : name };
  });
  return (
    <MultiSelect
      size="xs"
      aria-label={label}
      placeholder={value.length === 0 ? placeholder : ''}
      searchable
      clearable
      hidePickedOptions
      limit={50}
      nothingFoundMessage={isFetching ? t('app.loading') : t('changing.nothingFound')}
      // The server filters, where it can.
      filter={({ options: all, search }) =>
        keyword
          ? all
          : all.filter((one) => 'label' in one && one.label.toLowerCase().includes(search.toLowerCase()))
      }
      data={options}
      value={[...value]}
      error={error ?? null}
      searchValue={typed}
      onSearchChange={setTyped}
      // Open it would lie over what comes next.
      dropdownOpened={isOpen}
      onDropdownOpen={() => setOpen(true)}
      onDropdownClose={() => setOpen(false)}
      onChange={(ids) => {
        setOpen(false);
        onChange(ids);
      }}
    />
  );
};
