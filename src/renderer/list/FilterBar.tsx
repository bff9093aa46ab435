import { Autocomplete, CloseButton, MultiSelect, Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filter, Resource } from '../../shared/catalog';
import { TimeFilter } from './TimeFilter';

/** A pause in typing that long means: search, ms. */
const pauseMs = 350;

/** Text that is handed on after a pause or with Enter. */
const useTyped = (value: string, onChange: (value: string) => void) => {
  const [text, setText] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    setText(value);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  const commit = (next: string) => {
    clearTimeout(timer.current);
    if (next !== value) onChange(next);
  };
  const type = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => commit(next), pauseMs);
  };
  return { text, type, commit };
};

type TypedProps = { label: string; value: string; onChange: (value: string) => void };

const KeywordFilter = ({ label, value, onChange }: TypedProps) => {
  const { text, type, commit } = useTyped(value, onChange);
  const { t } = useTranslation();
  return (
    <TextInput
      w={230}
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={13} />}
      rightSection={
        text && (
          <CloseButton
            size="xs"
            aria-label={t('list.clear')}
            onClick={() => {
              type('');
              commit('');
            }}
          />
        )
      }
      value={text}
      onChange={(event) => type(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Enter' && commit(text)}
    />
  );
};

const ExactFilter = ({
  label,
  value,
  onChange,
  suggestions,
}: TypedProps & { suggestions: readonly string[] }) => {
  const { text, type, commit } = useTyped(value, onChange);
  return (
    <Autocomplete
      size="xs"
      w={suggestions.length > 0 ? 260 : 170}
      aria-label={label}
      placeholder={label}
      data={[...suggestions]}
      limit={30}
      value={text}
      clearable
      onChange={type}
      onOptionSubmit={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit(text)}
    />
  );
};

type Props = {
  resource: Resource;
  filters: Record<string, string[]>;
  onChange: (filters: Record<string, string[]>) => void;
};

/** The filters that the API itself answers, as the catalogue lists them. */
export const FilterBar = ({ resource, filters, onChange }: Props) => {
  const { t } = useTranslation();
  const set = (id: string, values: string[]) => {
    const { [id]: _, ...others } = filters;
    onChange(values.length > 0 ? { ...others, [id]: values } : others);
  };
  const one = (id: string) => (value: string | null) => set(id, value ? [value] : []);
  const control = (filter: Filter) => {
    const values = filters[filter.id] ?? [];
    switch (filter.kind) {
      case 'keyword':
        return (
          <KeywordFilter
            key={filter.id}
            label={t('list.keyword', { list: resource.title.toLowerCase() })}
            value={values[0] ?? ''}
            onChange={one(filter.id)}
          />
        );
      case 'exact':
        return (
          <ExactFilter
            key={filter.id}
            label={filter.title}
            value={values[0] ?? ''}
            suggestions={filter.suggestions ?? []}
            onChange={one(filter.id)}
          />
        );
      case 'time':
        return (
          <TimeFilter
            key={filter.id}
            title={filter.title}
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
            aria-label={filter.title}
            placeholder={values.length === 0 ? filter.title : ''}
            data={[...filter.options]}
            value={values}
            clearable
            onChange={(next) => set(filter.id, next)}
          />
        ) : (
          <Select
            key={filter.id}
            w={160}
            aria-label={filter.title}
            placeholder={filter.title}
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
