import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  TagsInput,
} from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { columnTitle } from '../../shared/phrases/catalog-words';
import { reasonInWords } from '../../shared/phrases/reason-words';
import type { Reason } from '../../shared/reasons';
import { lineOf, parseLine } from '../../shared/search/line';
import { checkRegex } from '../../shared/search/regex';
import { isCaseSensitive, searchColumn, searchParams } from '../../shared/search/search';
import {
  type Membership,
  memberships,
  type SearchField,
  type SearchMode,
  type SearchTerm,
  searchFields,
  searchModes,
  type UserSearch,
} from '../../shared/search/terms';
import { api } from '../link/api';
import { RefSelect } from './RefSelect';
import styles from './SearchBuilder.module.css';
import { sentenceOf } from './sentence';

// A list outside of the popover would count as outside of it: choosing from it would close the popover.
const inPlace = { withinPortal: false };

const blank: SearchTerm = { field: 'email', mode: 'contains', values: [] };

/** What is to be said of a condition's values, beyond the rules of a line. */
const noteOf = ({ mode, values }: SearchTerm): Reason | null => {
  if (mode !== 'regex') return null;
  for (const value of values) {
    const found = checkRegex(value);
    if (found.kind !== 'good') return found.reason;
  }
  return null;
};

const Condition = ({
  term,
  onChange,
  onRemove,
}: {
  term: SearchTerm;
  onChange: (term: SearchTerm) => void;
  onRemove: () => void;
}) => {
  const { t } = useTranslation();
  const note = noteOf(term);
  return (
    <Group gap="3xs" wrap="nowrap" align="flex-start">
      <Select
        w={110}
        aria-label={t('search.field')}
        allowDeselect={false}
        comboboxProps={inPlace}
        data={searchFields.map((field) => ({
          value: field,
          label: columnTitle(t, 'users', searchColumn(field)),
        }))}
        value={term.field}
        onChange={(field) => onChange({ ...term, field: field as SearchField })}
      />
      <Select
        w={140}
        aria-label={t('search.mode')}
        allowDeselect={false}
        comboboxProps={inPlace}
        data={searchModes.map((mode) => ({ value: mode, label: t(`search.modes.${mode}`) }))}
        value={term.mode}
        onChange={(mode) => onChange({ ...term, mode: mode as SearchMode })}
      />
      <TagsInput
        size="xs"
        flex={1}
        aria-label={t('search.values')}
        placeholder={term.values.length === 0 ? t('search.values') : ''}
        value={[...term.values]}
        acceptValueOnBlur
        comboboxProps={inPlace}
        splitChars={[]}
        error={note && reasonInWords(t, note)}
        onChange={(values) => onChange({ ...term, values })}
      />
      <ActionIcon variant="subtle" color="gray" size={30} aria-label={t('search.remove')} onClick={onRemove}>
        <IconTrash size={14} />
      </ActionIcon>
    </Group>
  );
};

const membershipsShown = Object.entries(memberships) as [Membership, 'roles' | 'organizations'][];

/** What the API is asked, by ids for what was named; null while those are looked up, or where nobody is called so. */
const useRequest = (profile: string, search: UserSearch, line: string): string | null => {
  const names = membershipsShown.some(([key]) => search[key] !== undefined);
  const { data } = useQuery({
    queryKey: ['named', profile, line],
    queryFn: () =>
      api.list.named.query({ query: { profile, resource: 'users', filters: { search: [line] } } }),
    enabled: names && line !== '',
    retry: false,
  });
  const asked = names ? parseLine(data?.filters.search?.[0] ?? '').search : search;
  if (!asked || (names && !data)) return null;
  const params = new URLSearchParams(searchParams(asked).map(([name, value]) => [name, value]));
  return `GET ${pathOf(asked)}${params.size > 0 ? `?${params}` : ''}`;
};

/** The path that the search is asked by. */
const pathOf = ({ inRole, inOrganization }: UserSearch): string => {
  if (inRole) return `/api/roles/${inRole}/users`;
  return inOrganization ? `/api/organizations/${inOrganization}/users` : '/api/users';
};

type Props = { profile: string; search: UserSearch; onSearch: (line: string) => void; onClear: () => void };

/** A search put together by hand; it shows what it means, and what will be asked. */
export const SearchBuilder = ({ profile, search: given, onSearch, onClear }: Props) => {
  const { t } = useTranslation();
  const [search, setSearch] = useState<UserSearch>(
    given.terms.length > 0 ? given : { ...given, terms: [blank] },
  );
  const change = (changes: Partial<UserSearch>) => setSearch({ ...search, ...changes });
  const terms = search.terms.filter(({ values }) => values.length > 0);
  const asked: UserSearch = { ...search, terms, joint: terms.length > 1 ? search.joint : 'all' };
  const line = lineOf(asked);
  const { mistake } = parseLine(line);
  const sentence = sentenceOf(t, asked);
  const request = useRequest(profile, asked, mistake ? '' : line);
  const setTerm = (at: number) => (term: SearchTerm) => change({ terms: search.terms.with(at, term) });
  const forced = isCaseSensitive({ ...search, caseSensitive: false });
  return (
    <Stack gap="2xs" component="section" aria-label={t('search.title')}>
      {search.terms.map((term, at) => (
        <Condition
          // Conditions have no identity but their place.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          key={at}
          term={term}
          onChange={setTerm(at)}
          onRemove={() => change({ terms: search.terms.toSpliced(at, 1) })}
        />
      ))}
      <Group justify="space-between">
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconPlus size={13} />}
          onClick={() => change({ terms: [...search.terms, { ...blank, field: 'name' }] })}
        >
          {t('search.add')}
        </Button>
        <SegmentedControl
          size="xs"
          aria-label={t('search.joint')}
          value={search.joint}
          onChange={(joint) => change({ joint: joint as UserSearch['joint'] })}
          data={[
            { value: 'all', label: t('search.all') },
            { value: 'any', label: t('search.any') },
          ]}
        />
      </Group>
      <Group gap="md">
        <Checkbox
          size="xs"
          label={forced ? t('search.caseForced') : t('search.case')}
          checked={forced || search.caseSensitive}
          disabled={forced}
          onChange={(event) => change({ caseSensitive: event.currentTarget.checked })}
        />
        <Checkbox
          size="xs"
          label={t('search.hideAdmins')}
          checked={search.hideAdmins}
          onChange={(event) => change({ hideAdmins: event.currentTarget.checked })}
        />
      </Group>
      <SimpleGrid cols={2} spacing="2xs">
        {membershipsShown.map(([key, resource]) => (
          <RefSelect
            key={key}
            profile={profile}
            resource={resource}
            label={t(`search.${key}`)}
            value={search[key] ?? ''}
            onChange={(id) => change({ [key]: id.trim() || undefined })}
          />
        ))}
      </SimpleGrid>
      {mistake ? (
        <p className={styles.mistake} role="alert">
          {reasonInWords(t, mistake.reason)}
        </p>
      ) : (
        sentence && <p className={styles.sentence}>{sentence}</p>
      )}
      {sentence && !mistake && (
        <dl className={styles.said}>
          <dt>{t('search.line')}</dt>
          <dd>{line}</dd>
          {request && (
            <>
              <dt>{t('search.request')}</dt>
              <dd>{request}</dd>
            </>
          )}
        </dl>
      )}
      <Group justify="flex-end" gap="2xs">
        <Button variant="default" onClick={onClear}>
          {t('search.clear')}
        </Button>
        <Button disabled={!sentence || mistake !== null} onClick={() => onSearch(line)}>
          {t('search.run')}
        </Button>
      </Group>
    </Stack>
  );
};
