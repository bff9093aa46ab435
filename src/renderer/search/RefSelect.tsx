import { Select } from '@mantine/core';
import { useState } from 'react';
import { resourceOf } from '../../shared/catalog';
import { rowIdOf, rowLabelOf } from '../../shared/row';
import { shownText } from '../../shared/shown';
import { useFoundRows } from '../common/found-rows';
import { useName } from '../common/names';
import { typedOver } from '../common/typed-over';

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
  const name = useName(profile, id, value);
  const chosen = value ? [{ value, label: name ? shownText(name, 60) : value }] : [];
  // The box says what was chosen: nobody has typed that.
  const isTyped = typed !== chosen[0]?.label;
  const { rows, isWaiting, fits } = useFoundRows({ profile, list: id }, isTyped ? typed : '');
  const found = rows.map((row) => ({
    value: rowIdOf(resource, row),
    label: shownText(rowLabelOf(resource, row), 60),
  }));
  const byId =
    typed && isTyped && !isWaiting && !found.some(({ label }) => fits(label))
      ? [{ value: typed, label: typed }]
      : [];
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
      filter={({ options: all }) => all.filter((one) => 'label' in one && fits(one.label))}
      data={[...options.values()]}
      value={value || null}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(next) => onChange(next ?? '')}
    />
  );
};
