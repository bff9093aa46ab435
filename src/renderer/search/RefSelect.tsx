import { Loader, Select, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
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

/** IDs that Logto makes are of 12 letters and digits, or more. */
const idLike = /^[\w-]{12,}$/;

/** Chooses a row by its name among those that the server finds; an id can be typed, too. */
export const RefSelect = ({ profile, resource: id, label, value, error, flex, onChange }: Props) => {
  const { t } = useTranslation();
  const resource = resourceOf(id);
  const [typed, setTyped] = useState('');
  const name = useName(profile, id, value);
  // What was just chosen is called as it was there: its name would be looked up, and typed until it came.
  const [picked, setPicked] = useState<{ value: string; label: string } | null>(null);
  const isNamed = picked?.value === value && picked.label !== value;
  const called = isNamed ? picked.label : name ? shownText(name, 60) : value;
  const chosen = value ? [{ value, label: called }] : [];
  // The box says what was chosen: nobody has typed that.
  const isTyped = typed.trim() !== chosen[0]?.label;
  const { rows, isWaiting, fits } = useFoundRows({ profile, list: id }, isTyped ? typed : '');
  const found = rows.map((row) => ({
    value: rowIdOf(resource, row),
    label: shownText(rowLabelOf(resource, row), 60),
  }));
  // The search text is not an ID unless it looks like one: there is no waiting for a slow server then.
  const isId = isWaiting ? idLike.test(typed) : found.length === 0;
  const byId = typed && isTyped && isId ? [{ value: typed, label: typed }] : [];
  const options = new Map([...chosen, ...found, ...byId].map((option) => [option.value, option]));
  return (
    <Select
      aria-label={label}
      error={error}
      {...(flex ? { flex } : {})}
      placeholder={label}
      {...typedOver}
      allowDeselect={false}
      nothingFoundMessage={isWaiting ? t('app.loading') : undefined}
      // Nothing has this name: what is offered is not a name.
      {...(byId.length > 0
        ? {
            renderOption: ({ option }) => (
              <span>
                {option.label}
                {option.value === typed && <Text span size="xs" c="dimmed">{` ${t('search.asId')}`}</Text>}
              </span>
            ),
          }
        : {})}
      {...(isWaiting && isTyped && typed ? { rightSection: <Loader size={14} /> } : {})}
      // Until the server has answered, the first is one of those that were found before.
      selectFirstOptionOnChange={false}
      clearable
      limit={50}
      // A list outside of the popover would count as outside of it: choosing from it would close the popover.
      comboboxProps={{ withinPortal: false }}
      // What was chosen stays above the others, and they where they are.
      filter={({ options: all }) =>
        all.filter((one) => 'value' in one && (one.value === value || fits(one.value, one.label)))
      }
      data={[...options.values()]}
      value={value || null}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(next, option) => {
        setPicked(option && { value: option.value, label: option.label });
        onChange(next ?? '');
      }}
    />
  );
};
