import { Autocomplete, MultiSelect, Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Filter, Resource } from '../../shared/catalog';
import { filterTitle, titleInText } from '../../shared/phrases/catalog-words';
import { ClearButton } from '../common/ClearButton';
import { useTyped } from '../common/debounced-text';
import { isEnter } from '../common/keys';
import type { LineMistakeAt } from '../search/line-mistake';
import { SearchBox } from '../search/SearchBox';
import { pasteList } from '../state/dialogs';
import { TimeFilter } from './TimeFilter';

type TypedProps = { label: string; value: string; onChange: (value: string) => void };

const KeywordFilter = ({ label, value, onChange }: TypedProps) => {
  const { text, type, commit, clear, composing } = useTyped(value, onChange);
  return (
    <TextInput
      w={230}
      aria-label={label}
      placeholder={label}
      data-act="search"
      leftSection={<IconSearch size={13} />}
      rightSection={<ClearButton text={text} onClear={clear} />}
      value={text}
      onChange={(event) => type(event.currentTarget.value)}
      onKeyDown={(event) => isEnter(event) && commit(text)}
      {...composing}
    />
  );
};

const ExactFilter = ({
  label,
  value,
  onChange,
  suggestions,
}: TypedProps & { suggestions: readonly string[] }) => {
  const { text, type, commit, composing } = useTyped(value, onChange);
  return (
    <Autocomplete
      size="xs"
      w={suggestions.length > 0 ? 230 : 150}
      // Where there is no box for words, the first filter is what one searches by.
      data-act="search"
      aria-label={label}
      placeholder={label}
      data={[...suggestions]}
      limit={30}
      value={text}
      clearable
      onChange={type}
      onOptionSubmit={commit}
      onKeyDown={(event) => isEnter(event) && commit(text)}
      {...composing}
    />
  );
};

type Props = {
  profile: string;
  resource: Resource;
  filters: Record<string, string[]>;
  onChange: (filters: Record<string, string[]>) => void;
  /** Told of a search line that cannot be read, and with null that it is gone. */
  onMistake: (mistake: LineMistakeAt | null) => void;
};

/** The filters that the API itself answers, as the catalogue lists them. */
export const FilterBar = ({ profile, resource, filters, onChange, onMistake }: Props) => {
  const { t } = useTranslation();
  const set = (id: string, values: string[]) => {
    const { [id]: _, ...others } = filters;
    onChange(values.length > 0 ? { ...others, [id]: values } : others);
  };
  const one = (id: string) => (value: string | null) => set(id, value ? [value] : []);
  const control = (filter: Filter) => {
    const values = filters[filter.id] ?? [];
    const title = filterTitle(t, resource.id, filter.id);
    switch (filter.kind) {
      case 'search':
        return (
          <SearchBox
            key={filter.id}
            profile={profile}
            label={t('list.keyword', { list: titleInText(t, resource.id) })}
            keyword={filters.keyword?.[0] ?? ''}
            search={values[0] ?? ''}
            onMistake={onMistake}
            onList={resource.id === 'users' ? (text) => pasteList(profile, text) : null}
            onAsk={(asked) => {
              const { keyword: _keyword, search: _search, ...others } = filters;
              const [[name = '', value = ''] = []] = Object.entries(asked);
              onChange(value ? { ...others, [name]: [value] } : others);
            }}
          />
        );
      case 'keyword':
        // Where there is an advanced search, its box takes words too.
        return resource.filters.some(({ kind }) => kind === 'search') ? null : (
          <KeywordFilter
            key={filter.id}
            label={t('list.keyword', { list: titleInText(t, resource.id) })}
            value={values[0] ?? ''}
            onChange={one(filter.id)}
          />
        );
      case 'exact':
        return (
          <ExactFilter
            key={filter.id}
            label={title}
            value={values[0] ?? ''}
            suggestions={filter.suggestions ?? []}
            onChange={one(filter.id)}
          />
        );
      case 'time':
        return (
          <TimeFilter
            key={filter.id}
            title={title}
            values={values}
            onChange={(next) => set(filter.id, next)}
          />
        );
      case 'choice':
        return filter.several ? (
          <MultiSelect
            key={filter.id}
            size="xs"
            w={230}
            aria-label={title}
            placeholder={values.length === 0 ? title : ''}
            data={[...filter.options]}
            value={values}
            clearable
            onChange={(next) => set(filter.id, next)}
          />
        ) : (
          <Select
            key={filter.id}
            w={160}
            aria-label={title}
            placeholder={title}
            data={[...filter.options]}
            value={values[0] ?? null}
            clearable
            onChange={one(filter.id)}
          />
        );
    }
  };
  return <>{resource.filters.map(control)}</>;
};
