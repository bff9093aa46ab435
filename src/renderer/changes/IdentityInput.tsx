import { Autocomplete, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { resourceOf } from '../../shared/catalog';
import type { RowOf } from '../../shared/catalog/row-of';
import { rowIdOf } from '../../shared/row';
import { shownText } from '../../shared/shown';
import { choicesKey } from '../common/found-rows';
import { api } from '../link/api';
import type { Choices } from './choices';
import { JsonInput } from './JsonInput';
import { identityOf, identityText } from './shapes';

type Props = {
  label: string;
  /** JSON: `{ userId, details }`. */
  value: string;
  error: string | null;
  onChange: (text: string) => void;
};

/** A social identity: the user's ID at the provider; what else the provider said is not needed. */
export const IdentityInput = ({ label, value, error, onChange }: Props) => {
  const { t } = useTranslation();
  const [entry, setEntry] = useState(() => identityOf(value));
  const change = (part: Partial<typeof entry>) => {
    const next = { ...entry, ...part };
    setEntry(next);
    onChange(identityText(next));
  };
  return (
    <>
      <TextInput
        size="xs"
        aria-label={label}
        placeholder={t('changing.identityId')}
        value={entry.userId}
        error={entry.details === '' ? error : null}
        spellCheck={false}
        onChange={(event) => change({ userId: event.currentTarget.value })}
      />
      <details open={entry.details !== ''}>
        <summary>{t('changing.identityDetails')}</summary>
        <JsonInput
          label={t('changing.identityDetails')}
          value={entry.details}
          error={entry.details === '' ? null : error}
          onChange={(details) => change({ details })}
        />
      </details>
    </>
  );
};

type TargetProps = Props & { profile: string };

/** The providers of identities that one user has, each with the user's ID there. */
const OwnTargets = ({ profile, label, value, error, onChange, list, parent }: TargetProps & Choices) => {
  const { t } = useTranslation();
  const query = { profile, resource: list, ...(parent ? { parent } : {}), filters: {} };
  const { data, isFetching, isError } = useQuery({
    queryKey: choicesKey(profile, { list, parent, filters: query.filters }),
    queryFn: ({ signal }) => api.list.page.query({ query, index: 0 }, { signal }),
  });
  const options = (data?.rows ?? []).flatMap((row: RowOf<'user-social-identities'>) => {
    const id = rowIdOf(resourceOf(list), row);
    const there = row.identity?.userId;
    const name = typeof there === 'string' && there !== '' ? `${id} · ${shownText(there, 40)}` : id;
    return id === '' ? [] : [{ value: id, label: name }];
  });
  // Older servers have no such list.
  if (isError) return <TenantTargets {...{ profile, label, value, error, onChange }} />;
  return (
    <Select
      size="xs"
      aria-label={label}
      placeholder={isFetching || options.length > 0 ? '' : t('changing.noIdentities')}
      nothingFoundMessage={isFetching ? t('app.loading') : t('changing.noIdentities')}
      data={options}
      value={value || null}
      error={error}
      onChange={(next) => onChange(next ?? '')}
    />
  );
};

/** The identity provider of a social connector: those that the tenant has are offered; of one user those that it has. */
export const TargetInput = ({ choices, ...props }: TargetProps & { choices: Choices | null }) =>
  choices ? <OwnTargets {...props} {...choices} /> : <TenantTargets {...props} />;

const TenantTargets = ({ profile, label, value, error, onChange }: TargetProps) => {
  const { data } = useQuery({
    queryKey: ['choices', profile, 'connectors', 'targets'],
    queryFn: ({ signal }) =>
      api.list.page.query({ query: { profile, resource: 'connectors', filters: {} }, index: 0 }, { signal }),
  });
  const social = (data?.rows ?? []).filter(({ type }) => type === 'Social');
  const targets = social.flatMap(({ target }) => (typeof target === 'string' ? [target] : []));
  return (
    <Autocomplete
      size="xs"
      aria-label={label}
      data={[...new Set(targets)].sort()}
      value={value}
      error={error}
      spellCheck={false}
      onChange={onChange}
    />
  );
};
