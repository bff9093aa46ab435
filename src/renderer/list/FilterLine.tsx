import { Autocomplete, TextInput } from '@mantine/core';
import { IconFilter, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../../shared/catalog';
import { titleInText } from '../../shared/phrases/catalog-words';
import { ClearButton } from '../common/ClearButton';
import { useTyped } from '../common/debounced-text';
import { isEnter } from '../common/keys';
import type { Entered } from '../search/chips';
import { suggestedFilters, typedFilter } from '../search/typed-filter';
import { fieldTitle } from './local-words';

type Props = {
  resource: Resource;
  /** A condition that was typed: a column, a colon, a value. */
  onFilter: (entered: Entered) => void;
};

/** Words that the server looks for, or a condition that is typed. */
export const KeywordLine = ({
  resource,
  value,
  onChange,
  onFilter,
}: Props & { value: string; onChange: (value: string) => void }) => {
  const { t } = useTranslation();
  const [fault, setFault] = useState<string | null>(null);
  const { text, type, commit, clear, composing } = useTyped(value, (next) => {
    // A condition is taken by Enter alone: what is half typed would be another one.
    if (!typedFilter(resource, next)) onChange(next);
  });
  const label = t('list.keyword', { list: titleInText(t, resource.id) });
  const enter = () => {
    const typed = typedFilter(resource, text);
    if (!typed) return commit(text);
    if (typed.fault) return setFault(t(`local.faults.${typed.fault}`));
    const { column, mode, value: entered } = typed.condition;
    onFilter({ field: column, mode, values: [entered] });
    clear();
  };
  return (
    <TextInput
      flex="0 20 230px"
      miw={150}
      aria-label={label}
      placeholder={label}
      data-act="search"
      leftSection={<IconSearch size={13} />}
      rightSection={<ClearButton text={text} onClear={clear} />}
      value={text}
      error={fault !== null}
      title={fault ?? undefined}
      onChange={(event) => {
        setFault(null);
        type(event.currentTarget.value);
      }}
      onKeyDown={(event) => isEnter(event) && enter()}
      {...composing}
    />
  );
};

/** Where the server looks for no words: conditions alone are typed, by a column and a colon or by what a list has. */
export const FilterLine = ({ resource, onFilter }: Props) => {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const label = t('local.line', { list: titleInText(t, resource.id) });
  const suggested = suggestedFilters(resource, text);
  const take = (entered: Entered) => {
    setText('');
    onFilter(entered);
  };
  const options = new Map(
    suggested.map((entered) => [
      `${fieldTitle(t, resource, entered.field)}: ${entered.values.join()}`,
      entered,
    ]),
  );
  const enter = () => {
    const typed = typedFilter(resource, text);
    if (typed?.fault) return setFault(t(`local.faults.${typed.fault}`));
    if (typed) {
      const { column, mode, value } = typed.condition;
      return take({ field: column, mode, values: [value] });
    }
    const [first] = suggested;
    if (first) take(first);
  };
  return (
    <Autocomplete
      size="xs"
      flex="0 20 230px"
      miw={150}
      aria-label={label}
      placeholder={label}
      data-act="search"
      leftSection={<IconFilter size={13} />}
      rightSection={<ClearButton text={text} onClear={() => setText('')} />}
      data={[...options.keys()]}
      filter={({ options: all }) => all}
      comboboxProps={{ width: 340, position: 'bottom-start' }}
      value={text}
      error={fault !== null}
      title={fault ?? undefined}
      onChange={(next) => {
        setFault(null);
        const chosen = options.get(next);
        if (chosen) take(chosen);
        else setText(next);
      }}
      onKeyDown={(event) => {
        // An option that is reached by arrows is taken by the list itself.
        if (isEnter(event) && !event.currentTarget.getAttribute('aria-activedescendant')) enter();
      }}
    />
  );
};
