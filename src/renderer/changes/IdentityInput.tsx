import { Autocomplete, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../link/api';
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

/** The identity provider of a social connector: those that the tenant has are offered. */
export const TargetInput = ({ profile, label, value, error, onChange }: Props & { profile: string }) => {
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
