import { MultiSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shownText } from '../../shared/shown';
import { usePermissions } from './permissions';

type Props = {
  profile: string;
  label: string;
  value: readonly string[];
  error: string | null;
  onChange: (ids: string[]) => void;
};

/** Chooses permissions by their names, below the API resources that they are of. */
export const PermissionsSelect = ({ profile, label, value, error, onChange }: Props) => {
  const { t } = useTranslation();
  const { data = [], isFetching } = usePermissions(profile);
  const [isOpen, setOpen] = useState(false);
  const groups = Map.groupBy(data, ({ resource }) => resource);
  const unknown = value.filter((id) => !data.some((one) => one.id === id));
  return (
    <MultiSelect
      size="xs"
      aria-label={label}
      placeholder={value.length === 0 ? t('changing.choosePermission') : ''}
      searchable
      clearable
      hidePickedOptions
      limit={200}
      nothingFoundMessage={isFetching ? t('app.loading') : t('changing.nothingFound')}
      data={[
        ...[...groups].map(([resource, permissions]) => ({
          group: shownText(resource, 60),
          items: permissions.map(({ id, name }) => ({ value: id, label: shownText(name, 60) })),
        })),
        ...unknown.map((id) => ({ value: id, label: id })),
      ]}
      value={[...value]}
      error={error}
      // Open it would lie over what comes next.
      dropdownOpened={isOpen}
      onDropdownOpen={() => setOpen(true)}
      onDropdownClose={() => setOpen(false)}
      onChange={(ids) => {
        setOpen(false);
        onChange(ids);
      }}
    />
  );
};
