import { Button, Checkbox, Group, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Along, placedResources } from '../../shared/catalog';
import { type ExportFormat, exportFormats } from '../../shared/export-formats';
import { titleOf } from '../../shared/phrases/catalog-words';
import { Dialog } from '../common/Dialog';
import { ErrorNotice } from '../common/ErrorNotice';
import { useStarting } from '../common/starting';
import { api, errorOf } from '../link/api';
import { AlongChoice } from '../mirror/AlongChoice';
import { chosenZone } from '../state/chosen-zone';
import { closeDialogs, useDialogs } from '../state/dialogs';
import { useProfile } from '../state/profiles';
import { useViews } from '../state/views';
import styles from './FolderDialog.module.css';

const without = (names: readonly string[], name: string) => names.filter((one) => one !== name);

const Choice = ({
  names,
  titleOf,
  chosen,
  onChange,
  legend,
}: {
  names: readonly string[];
  titleOf: (name: string) => string;
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  legend: string;
}) => (
  <fieldset className={styles.choice}>
    <legend>
      <Checkbox
        size="xs"
        label={<strong>{legend}</strong>}
        checked={chosen.length === names.length}
        indeterminate={chosen.length > 0 && chosen.length < names.length}
        onChange={(event) => onChange(event.currentTarget.checked ? [...names] : [])}
      />
    </legend>
    <div className={styles.names}>
      {names.map((name) => (
        <Checkbox
          key={name}
          size="xs"
          label={titleOf(name)}
          checked={chosen.includes(name)}
          onChange={(event) =>
            onChange(event.currentTarget.checked ? [...chosen, name] : without(chosen, name))
          }
        />
      ))}
    </div>
  </fieldset>
);

const FolderForm = ({ profile }: { profile: string }) => {
  const { t } = useTranslation();
  const { views } = useViews();
  const lists = placedResources.map(({ id }) => id);
  const [resources, setResources] = useState<string[]>(lists);
  const [names, setNames] = useState<string[]>([]);
  const [along, setAlong] = useState<Along>({ below: true, belowUsers: false });
  const [format, setFormat] = useState<ExportFormat>('csv');
  const start = useStarting(() =>
    api.exports.startFolder.mutate({
      profile,
      // In the order of the side bar, however they were ticked.
      resources: lists.filter((id) => resources.includes(id)),
      views: names,
      format,
      zone: chosenZone(),
      ...along,
    }),
  );
  return (
    <Stack gap="sm">
      <Text size="sm">{t('folder.text')}</Text>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keys */}
      <div className={styles.scroll} tabIndex={0}>
        <Choice
          legend={t('folder.lists')}
          names={lists}
          titleOf={(id) => titleOf(t, id)}
          chosen={resources}
          onChange={setResources}
        />
        {views.length > 0 && (
          <Choice
            legend={t('folder.views')}
            names={views.map(({ name }) => name)}
            titleOf={(name) => name}
            chosen={names}
            onChange={setNames}
          />
        )}
      </div>
      <AlongChoice
        along={along}
        onChange={setAlong}
        disabled={resources.length === 0}
        hasUsers={resources.includes('users')}
      />
      {start.error && <ErrorNotice compact error={errorOf(start.error)} />}
      <Group justify="space-between" align="flex-end">
        <Select
          w={150}
          label={t('exports.format')}
          allowDeselect={false}
          data={exportFormats.map((value) => ({ value, label: t(`exports.${value}`) }))}
          value={format}
          onChange={(value) => value && setFormat(value as ExportFormat)}
        />
        <Group gap="2xs">
          <Button variant="default" onClick={closeDialogs}>
            {t('common.cancel')}
          </Button>
          <Button
            onClick={() => start.mutate()}
            loading={start.isPending}
            disabled={resources.length + names.length === 0}
            data-autofocus
          >
            {t('folder.start')}
          </Button>
        </Group>
      </Group>
    </Stack>
  );
};

/** Several lists and saved views of a tenant, or all of it, into one folder. */
export const FolderDialog = () => {
  const { t } = useTranslation();
  const id = useDialogs((state) => state.folder);
  const profile = useProfile(id ?? undefined);
  return (
    <Dialog
      opened={id !== null && profile !== undefined}
      onClose={closeDialogs}
      size={560}
      title={t('folder.title', { tenant: profile?.name ?? '' })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {profile && <FolderForm profile={profile.id} />}
    </Dialog>
  );
};
