import { Autocomplete, TextInput } from '@mantine/core';
import { IconFilter, IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../../shared/catalog';
import { titleInText } from '../../shared/phrases/catalog-words';
import { useSearched } from '../commands/place';
import { ClearButton } from '../common/ClearButton';
import { useStillHas, useTyped } from '../common/debounced-text';
import { isEnter } from '../common/keys';
import type { Entered } from '../search/chips';
import { faultInTyped, type LineMistakeAt } from '../search/line-mistake';
import { suggestedFilters, typedFilter, unknownFieldIn } from '../search/typed-filter';
import { fieldTitle } from './local-words';

type Props = {
  resource: Resource;
  /**
   * A condition that was typed, and the text: a column, a colon, a value. `instead`: it takes the place of the words that are
   * looked for. What is wrong with it, if it was not taken.
   */
  onFilter: (entered: Entered, text: string, instead?: boolean) => Promise<LineMistakeAt | null>;
  /** Told of a condition that cannot be, and with null that it is gone. */
  onMistake: (mistake: LineMistakeAt | null) => void;
};

/** Whether what was typed is a mistake, and how that is told; another list has none in it. */
const useMistake = ({ id }: Resource, onMistake: Props['onMistake']) => {
  const [isWrong, setWrong] = useState(false);
  const tell = (mistake: LineMistakeAt | null) => {
    setWrong(mistake !== null);
    onMistake(mistake);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is shown now is what changes
  useEffect(() => {
    tell(null);
    return () => onMistake(null);
  }, [id]);
  return { isWrong, tell };
};

/** Words that the server looks for, or a condition that is typed. */
export const KeywordLine = ({
  resource,
  value,
  onChange,
  onFilter,
  onMistake,
}: Props & { value: string; onChange: (value: string) => void }) => {
  const { t } = useTranslation();
  const { isWrong, tell } = useMistake(resource, onMistake);
  const box = useSearched();
  const { text, type, commit, show, clear, composing } = useTyped(value, (next) => {
    // A condition is taken by Enter alone: what is half typed would be another one.
    if (!typedFilter(resource, next)) onChange(next);
  });
  const label = t('list.keyword', { list: titleInText(t, resource.id) });
  const stillHas = useStillHas(text);
  const enter = async () => {
    const typed = typedFilter(resource, text);
    if (!typed) return commit(text);
    const { column, mode, value: entered } = typed.condition;
    if (typed.fault) return tell(faultInTyped(text, entered, typed.fault));
    const wrong = await onFilter({ field: column, mode, values: [entered] }, text, true);
    if (!stillHas(text)) return;
    if (wrong) tell(wrong);
    else show('');
  };
  return (
    <TextInput
      flex="0 20 230px"
      miw={150}
      aria-label={label}
      placeholder={label}
      ref={box}
      leftSection={<IconSearch size={13} />}
      rightSection={
        <ClearButton
          text={text}
          onClear={() => {
            tell(null);
            clear();
          }}
        />
      }
      value={text}
      error={isWrong}
      onChange={(event) => {
        if (isWrong) tell(null);
        type(event.currentTarget.value);
      }}
      onKeyDown={(event) => isEnter(event) && void enter()}
      {...composing}
    />
  );
};

/** Where the server looks for no words: conditions alone are typed, by a column and a colon or by what a list has. */
export const FilterLine = ({ resource, onFilter, onMistake }: Props) => {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const { isWrong, tell } = useMistake(resource, onMistake);
  const box = useSearched();
  const label = t('local.line', { list: titleInText(t, resource.id) });
  const suggested = suggestedFilters(resource, text);
  const stillHas = useStillHas(text);
  const take = async (entered: Entered) => {
    const wrong = await onFilter(entered, text);
    if (!stillHas(text)) return;
    if (wrong) tell(wrong);
    else setText('');
  };
  const options = new Map(
    suggested.map((entered) => [
      `${fieldTitle(t, resource, entered.field)}: ${entered.values.join()}`,
      entered,
    ]),
  );
  const enter = () => {
    const typed = typedFilter(resource, text);
    if (typed) {
      const { column, mode, value } = typed.condition;
      if (typed.fault) return tell(faultInTyped(text, value, typed.fault));
      return void take({ field: column, mode, values: [value] });
    }
    const [first] = suggested;
    // An address or an option is what was typed; words are looked for where they are chosen from the list.
    const unknown = first?.mode === 'contains' ? unknownFieldIn(resource, text) : null;
    if (unknown) return tell(unknown);
    if (first) void take(first);
  };
  return (
    <Autocomplete
      size="xs"
      flex="0 20 230px"
      miw={150}
      aria-label={label}
      placeholder={label}
      ref={box}
      leftSection={<IconFilter size={13} />}
      rightSection={
        <ClearButton
          text={text}
          onClear={() => {
            tell(null);
            setText('');
          }}
        />
      }
      data={[...options.keys()]}
      filter={({ options: all }) => all}
      comboboxProps={{ width: 340, position: 'bottom-start' }}
      value={text}
      error={isWrong}
      onChange={(next) => {
        if (isWrong) tell(null);
        const chosen = options.get(next);
        if (chosen) void take(chosen);
        else setText(next);
      }}
      onKeyDown={(event) => {
        // An option that is reached by arrows is taken by the list itself.
        if (isEnter(event) && !event.currentTarget.getAttribute('aria-activedescendant')) enter();
      }}
    />
  );
};
