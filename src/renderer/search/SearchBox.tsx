import { ActionIcon, Autocomplete, Popover } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconClipboardList, IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../../shared/catalog';
import { isList } from '../../shared/pasted';
import { completionsAt, isLine, parseLine } from '../../shared/search/line';
import { emptySearch } from '../../shared/search/terms';
import { useSearched } from '../commands/place';
import { closesUppermost } from '../common/above';
import { ClearButton } from '../common/ClearButton';
import { useStillHas, useTyped } from '../common/debounced-text';
import { IconButton } from '../common/IconButton';
import { isEnter } from '../common/keys';
import type { Entered } from './chips';
import { faultInTyped, isUnfinished, type LineMistakeAt, mistakeIn } from './line-mistake';
import styles from './SearchBox.module.css';
import { SearchBuilder } from './SearchBuilder';
import { sentenceOf } from './sentence';
import { typedFilter, valuesTyped } from './typed-filter';

type Asked = { keyword: string } | { search: string };
type Props = {
  profile: string;
  resource: Resource;
  label: string;
  keyword: string;
  search: string;
  onAsk: (asked: Asked) => void;
  /** Told of a line that cannot be read once it was entered or left for a while, and with null that it is gone. */
  onMistake: (mistake: LineMistakeAt | null) => void;
  /**
   * Takes a condition on a column that is not part of a search line, `suspended:yes`, and its text; `instead`: in the place of
   * the words that are looked for. Else what is wrong.
   */
  onFilter: (entered: Entered, text: string, instead?: boolean) => Promise<LineMistakeAt | null>;
  /** Takes a list in the place of a search; null where rows cannot be looked up by one. */
  onList: ((text: string) => void) | null;
};

/** A line that can still be completed is left alone so long, ms. */
const unfinishedMs = 1_200;

/** Words, or a search line with completion; the button beside opens the same search to put together by hand. */
export const SearchBox = (props: Props) => {
  const { profile, resource, label, keyword, search, onAsk, onMistake, onFilter, onList } = props;
  const { t } = useTranslation();
  const [building, setBuilding] = useState(false);
  const [completing, setCompleting] = useState(false);
  const [mistake, setMistake] = useState<LineMistakeAt | null>(null);
  const input = useSearched();
  const unfinished = useRef<ReturnType<typeof setTimeout>>(undefined);
  const tell = (found: LineMistakeAt | null) => {
    clearTimeout(unfinished.current);
    setMistake(found);
    onMistake(found);
  };
  const { text, type, commit, show, clear, composing } = useTyped(search || keyword, (next) => {
    // A condition is taken by Enter alone: what is half typed would be another one.
    if (typedFilter(resource, next)) return;
    const found = mistakeIn(next);
    if (!found) {
      tell(null);
      onAsk(isLine(next) ? { search: next } : { keyword: next });
    } else if (isUnfinished(found)) unfinished.current = setTimeout(() => tell(found), unfinishedMs);
    else tell(found);
  });
  useEffect(() => () => clearTimeout(unfinished.current), []);
  // Another view of the same list has no mistake in it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is asked now is what changes
  useEffect(() => tell(null), [search, keyword]);
  const stillHas = useStillHas(text);
  const typed = typedFilter(resource, text);
  const enter = async () => {
    // What could come next must not stand over the rows that were asked for.
    setCompleting(false);
    if (typed) {
      const { column, mode, value } = typed.condition;
      if (typed.fault) return tell(faultInTyped(text, value, typed.fault));
      // After a pause before the colon its beginning was looked for as a word.
      const isBegun = keyword !== '' && text.trimStart().startsWith(keyword);
      const wrong = await onFilter({ field: column, mode, values: [value] }, text, isBegun);
      if (!stillHas(text)) return;
      return wrong ? tell(wrong) : show(isBegun ? '' : search || keyword);
    }
    const found = mistakeIn(text);
    if (!found) return commit(text);
    tell(found);
    input.current?.setSelectionRange(found.column - 1, found.column - 1);
  };
  const parsed = isLine(text) ? parseLine(text) : null;
  const { from, options } = typed
    ? valuesTyped(resource, text, typed)
    : parsed
      ? completionsAt(text, text.length)
      : { from: 0, options: [] };
  const whole = (option: string) => text.slice(0, from) + option;
  const asked = search ? parseLine(search).search : null;
  const ask = (line: string) => {
    setBuilding(false);
    onAsk({ search: line });
  };
  const builderButton = useRef<HTMLButtonElement>(null);
  const leaveBuilder = () => {
    setBuilding(false);
    builderButton.current?.focus();
  };
  return (
    <Popover
      opened={building}
      onChange={setBuilding}
      position="bottom-start"
      width={600}
      shadow="md"
      trapFocus
      withRoles={false}
      closeOnEscape={false}
    >
      {/* Outside of the box: what is in it would be the place of the box's own list. */}
      <Popover.Target>
        <div className={styles.box} data-line={parsed !== null || undefined}>
          <Autocomplete
            size="xs"
            aria-label={label}
            placeholder={label}
            leftSection={<IconSearch size={13} />}
            rightSection={
              <span className={styles.tools}>
                <ClearButton text={text} onClear={clear} />
                <ActionIcon
                  ref={builderButton}
                  data-hint={asked ? sentenceOf(t, asked) : t('search.open')}
                  variant={asked ? 'light' : 'subtle'}
                  {...(asked ? {} : { color: 'gray' })}
                  size={24}
                  aria-label={t('search.open')}
                  aria-expanded={building}
                  onClick={() => setBuilding(!building)}
                >
                  <IconAdjustmentsHorizontal size={15} />
                </ActionIcon>
                {onList && (
                  <IconButton label={t('paste.open')} size={24} onClick={() => onList('')}>
                    <IconClipboardList size={15} />
                  </IconButton>
                )}
              </span>
            }
            rightSectionWidth={(text ? 22 : 0) + 30 + (onList ? 26 : 0)}
            data={options.map(whole)}
            dropdownOpened={completing}
            onDropdownOpen={() => setCompleting(true)}
            onDropdownClose={() => setCompleting(false)}
            filter={({ options: all }) => all}
            renderOption={({ option }) => option.value.slice(from)}
            value={text}
            error={mistake !== null}
            onChange={(next) => {
              if (mistake && next !== mistake.line && mistakeIn(next) === null) tell(null);
              clearTimeout(unfinished.current);
              type(next);
              // Back at what is shown: nothing is asked, and nothing is wrong.
              if (next === (search || keyword)) tell(null);
            }}
            onKeyDown={(event) => isEnter(event) && void enter()}
            ref={input}
            onPaste={(event) => {
              const pasted = event.clipboardData.getData('text/plain');
              if (!onList || !isList(pasted)) return;
              event.preventDefault();
              onList(pasted);
            }}
            {...composing}
          />
        </div>
      </Popover.Target>
      <Popover.Dropdown onKeyDownCapture={closesUppermost(leaveBuilder)}>
        <SearchBuilder
          key={search}
          profile={profile}
          search={asked ?? emptySearch}
          onSearch={ask}
          onClear={() => {
            setBuilding(false);
            onAsk({ keyword: '' });
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
};
