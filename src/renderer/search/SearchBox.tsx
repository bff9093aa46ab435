import { ActionIcon, Autocomplete, Popover, Tooltip } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { completionsAt, isLine, parseLine } from '../../shared/search/line';
import { emptySearch } from '../../shared/search/search';
import { ClearButton } from '../list/ClearButton';
import { useTyped } from '../list/typed';
import { SearchBuilder } from './SearchBuilder';
import { sentenceOf } from './sentence';

type Asked = { keyword: string } | { search: string };
type Props = {
  profile: string;
  label: string;
  keyword: string;
  search: string;
  onAsk: (asked: Asked) => void;
};

/** Words, or a search line with completion; the button beside opens the same search to put together by hand. */
export const SearchBox = ({ profile, label, keyword, search, onAsk }: Props) => {
  const { t } = useTranslation();
  const [building, setBuilding] = useState(false);
  const { text, type, commit, clear } = useTyped(search || keyword, (next) => {
    if (!isLine(next)) onAsk({ keyword: next });
    else if (parseLine(next).mistake === null) onAsk({ search: next });
  });
  const parsed = isLine(text) ? parseLine(text) : null;
  const { from, options } = parsed ? completionsAt(text, text.length) : { from: 0, options: [] };
  const whole = (option: string) => text.slice(0, from) + option;
  const asked = search ? parseLine(search).search : null;
  const ask = (line: string) => {
    setBuilding(false);
    onAsk({ search: line });
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
    >
      <Autocomplete
        size="xs"
        w={parsed ? 420 : 230}
        aria-label={label}
        placeholder={label}
        leftSection={<IconSearch size={13} />}
        rightSection={<ClearButton text={text} onClear={clear} />}
        data={options.map(whole)}
        filter={({ options: all }) => all}
        renderOption={({ option }) => option.value.slice(from)}
        value={text}
        // What can still be completed is no mistake yet.
        error={
          parsed?.mistake && options.length === 0
            ? t('search.mistake', { column: parsed.mistake.column, reason: parsed.mistake.reason })
            : null
        }
        onChange={type}
        onKeyDown={(event) => event.key === 'Enter' && commit(text)}
      />
      <Popover.Target>
        <Tooltip label={asked ? sentenceOf(t, asked) : t('search.open')} multiline maw={420}>
          <ActionIcon
            variant={asked ? 'light' : 'default'}
            size={30}
            aria-label={t('search.open')}
            aria-expanded={building}
            onClick={() => setBuilding(!building)}
          >
            <IconAdjustmentsHorizontal size={15} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
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
