import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { resourceOf } from '../../shared/catalog';
import { rowIdOf, rowLabelOf } from '../../shared/row';
import { shownText } from '../../shared/shown';
import { useName } from '../common/names';
import { typedOver } from '../common/typed-over';
import { api } from '../link/api';

type Props = {
  profile: string;
  /** The list whose rows are chosen from. */
  resource: string;
  label: string;
  value: string;
  error?: string | null;
  flex?: number;
  onChange: (id: string) => void;
};

/** Chooses a row by its name among those that the server finds; an id can be typed, too. */
export const RefSelect = ({ profile, resource: id, label, value, error, flex, onChange }: Props) => {
  const resource = resourceOf(id);
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed.trim(), 250);
  const name = useName(profile, id, value);
  const keyword = resource.filters.some((filter) => filter.id === 'keyword');
  const filters: Record<string, string[]> = keyword && asked && asked !== name ? { keyword: [asked] } : {};
  const { data } = useQuery({
    queryKey: ['choices', profile, id, filters],
    queryFn: ({ signal }) =>
      api.list.page.query({ query: { profile, resource: id, filters }, index: 0 }, { signal }),
  });
  const found = (data?.rows ?? []).map((row) => ({
    value: rowIdOf(resource, row),
    label: shownText(rowLabelOf(resource, row), 60),
  }));
  const chosen = value ? [{ value, label: name ? shownText(name, 60) : value }] : [];
  const byId = typed && found.length === 0 ? [{ value: typed, label: typed }] : [];
  const options = new Map([...chosen, ...found, ...byId].map((option) => [option.value, option]));
  return (
    <Select
      aria-label={label}
      error={error}
      {...(flex ? { flex } : {})}
      placeholder={label}
      {...typedOver}
      // Until the server has answered, the first is one of those that were found before.
      selectFirstOptionOnChange={false}
      clearable
      limit={50}
      // A list outside of the popover would count as outside of it: choosing from it would close the popover.
      comboboxProps={{ withinPortal: false }}
      filter={({ options: all }) => all}
      data={[...options.values()]}
      value={value || null}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(next) => onChange(next ?? '')}
    />
  );
};
