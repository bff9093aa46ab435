import { Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Query, timeSpanNames } from '../../shared/query';
import { isNarrowed } from '../../shared/view';
import { useSearched } from '../commands/place';
import { StatusFrame } from '../common/StatusBar';
import status from '../common/StatusBar.module.css';
import { typedOver } from '../common/typed-over';
import type { KnownProfile } from '../state/profiles';
import { updateTab } from '../state/workspace';
import styles from './Journal.module.css';

/** What cells of a table's row are to those who hear it. */
export const cell = { role: 'gridcell', tabIndex: -1 };

/** What a view of this program's own is narrowed by, kept in its tab's address. */
export class OwnFilters<Filter extends string> {
  readonly #tabId: string;
  readonly #query: Query;
  readonly #onChange: () => void;

  /** `onChange`: the selection of earlier rows is dropped. */
  constructor(tabId: string, query: Query, onChange: () => void) {
    this.#tabId = tabId;
    this.#query = query;
    this.#onChange = onChange;
  }

  get isFiltered(): boolean {
    return isNarrowed(this.#query);
  }

  of(filter: Filter): string | null {
    return this.#query.filters[filter]?.[0] ?? null;
  }

  set(filter: Filter, value: string | null): void {
    // A space at the end of what is typed is nothing else to look for.
    if ((value || null) === this.of(filter)) return;
    const { [filter]: _, ...others } = this.#query.filters;
    this.#onChange();
    const filters = value ? { ...others, [filter]: [value] } : others;
    updateTab(this.#tabId, { query: { ...this.#query, filters } });
  }
}

type OfFilters<Filter extends string> = { filters: OwnFilters<Filter>; filter: Filter; label: string };

/** Text that is looked for as it is typed. */
export const TextFilter = <Filter extends string>({ filters, filter, label }: OfFilters<Filter>) => {
  const [typed, setTyped] = useState(filters.of(filter) ?? '');
  const box = useSearched();
  const search = useDebouncedCallback((text: string) => filters.set(filter, text.trim()), 250);
  return (
    <TextInput
      className={styles.search ?? ''}
      ref={box}
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={13} />}
      value={typed}
      onChange={({ currentTarget: { value } }) => {
        setTyped(value);
        search(value);
      }}
    />
  );
};

type ChoiceProps<Filter extends string> = OfFilters<Filter> & {
  /** Px. */
  width: number;
  any: string;
  options: readonly { value: string; label: string }[];
  searchable?: boolean;
};

/** One value of a few, or any. */
export const ChoiceFilter = <Filter extends string>(props: ChoiceProps<Filter>) => {
  const { t } = useTranslation();
  const { filters, filter, label, width, any, options, searchable = false } = props;
  return (
    <Select
      w={width}
      aria-label={label}
      placeholder={any}
      clearable
      {...(searchable && { ...typedOver, nothingFoundMessage: t('changing.nothingFound') })}
      data={options}
      value={filters.of(filter)}
      onChange={(value) => filters.set(filter, value)}
    />
  );
};

/** A span that ends now, or any time. */
export const TimeFilter = <Filter extends string>({ filters }: { filters: OwnFilters<Filter | 'time'> }) => {
  const { t } = useTranslation();
  return (
    <ChoiceFilter
      filters={filters}
      filter="time"
      label={t('changing.columns.time')}
      width={130}
      any={t('changing.allTime')}
      options={timeSpanNames.map((value) => ({ value, label: t(`list.time.${value}`) }))}
    />
  );
};

type FootProps = { profile: KnownProfile; rows: string; why: string; children?: ReactNode };

/** Whose it is, how much there is, and what it can tell. */
export const OwnFoot = ({ profile, rows, why, children }: FootProps) => (
  <StatusFrame profile={profile}>
    {children}
    <span data-testid="rows">{rows}</span>
    <span className={status.whole} title={why}>
      {why}
    </span>
  </StatusFrame>
);
