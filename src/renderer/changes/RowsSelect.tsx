import { MultiSelect } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { resourceOf } from '../../shared/catalog';
import { rowIdOf } from '../../shared/row';
import { shownText } from '../../shared/shown';
import { useFoundRows } from '../common/found-rows';
import { nameOf, useNamed } from '../common/names';
import { rowInWords } from '../common/row-words';
import { takesMarked } from '../common/typed-over';

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
  filters,
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
  const known = useRef(new Map<string, string>()).current;
  const { rows, isWaiting, fits } = useFoundRows({ profile, list, parent, filters }, typed);
  // Also of those that were chosen elsewhere: a list of their ids tells nobody anything.
  const named = useNamed(() =>
    JSON.stringify([
      ...(parent ? [] : value.map((id) => [id, nameOf(profile, list, id)])),
      ...rows.map((row) => [rowIdOf(resource, row), rowInWords(profile, resource, row)]),
    ]),
  );
  for (const [id, name] of JSON.parse(named) as [string, string | null][])
    if (name) known.set(id, shownText(name, 60));
  const found = rows.map((row) => rowIdOf(resource, row)).filter(Boolean);
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
      nothingFoundMessage={isWaiting ? t('app.loading') : t('changing.nothingFound')}
      filter={({ options: all }) => all.filter((one) => 'value' in one && fits(one.value, one.label))}
      loading={isWaiting && typed !== ''}
      {...takesMarked}
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
