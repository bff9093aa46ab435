import { Button, Checkbox, Group, Radio, Stack, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ExportFormat, exportFormats } from '../../shared/export-formats';
import { listedResource, ownResource } from '../../shared/own-resource';
import { columnTitle, fullTitleOf, titleInText } from '../../shared/phrases/catalog-words';
import { shownText } from '../../shared/shown';
import { Dialog } from '../common/Dialog';
import { DialogActions } from '../common/DialogActions';
import { ErrorNotice } from '../common/ErrorNotice';
import { useStarting } from '../common/starting';
import { moment } from '../i18n';
import { api, errorOf } from '../link/api';
import { useConditionsInWords } from '../list/local-words';
import { useKnownJoins } from '../mirror/mirror';
import { useAppInfo } from '../state/app-info';
import { chosenZone } from '../state/chosen-zone';
import { closeDialogs, type ExportRequest, useDialogs } from '../state/dialogs';
import { useProfile } from '../state/profiles';
import { contentInWords } from './content';
import { Presets } from './Presets';
import { keepChoices, lastChoices, rolesForSheet, usePresets } from './presets';

const otherFormats = exportFormats.filter((format) => format !== 'csv');

const ExportForm = ({ query, until, total, matching, picked, mirror, counts }: ExportRequest) => {
  const { t } = useTranslation();
  const [rows, setRows] = useState(picked.length > 0 ? 'picked' : 'all');
  // Counts are another kind of file: they neither take nor leave choices.
  const list = counts ? '' : query.resource;
  const [before] = useState(() => lastChoices(list));
  const [columns, setColumns] = useState(before.columns);
  const [format, setFormat] = useState(before.format);
  const [bom, setBom] = useState(before.bom);
  const [excelText, setExcelText] = useState(false);
  const [joined, setJoined] = useState<readonly string[]>(before.joined);
  // Counts were looked at by name.
  const [names, setNames] = useState(counts !== undefined || before.names);
  const profile = useProfile(query.profile);
  const isKnown = useKnownJoins(query.profile, mirror !== null);
  const columnsJoined =
    counts || ownResource(query)
      ? []
      : listedResource(query).columns.filter(({ joins }) => joins !== undefined);
  const joinable = mirror === null && profile?.kind !== 'snapshot' ? columnsJoined : [];
  // The copy's rows have them already, where it knows.
  const carried = mirror?.whole ? columnsJoined.filter(isKnown) : [];
  const hasIds =
    !ownResource(query) &&
    listedResource(query).columns.some(
      ({ id, ref }) => ref !== undefined && (!counts || id === counts.column),
    );
  const isNamed = hasIds && names;
  const conditions = useConditionsInWords(query, listedResource(query));
  // Rows that happen to be copied are not all.
  const isPart = mirror !== null && !mirror.whole;
  const allRows = (): string => {
    if (query.where && matching !== null) return t('exports.rowsMatching', { count: matching });
    if (total === null) return t(query.where ? 'exports.rowsMatchingUncounted' : 'exports.rowsAllUncounted');
    if (query.where) return t(isPart ? 'exports.rowsMatchingCopied' : 'exports.rowsMatchingOf', { total });
    return t(isPart ? 'exports.rowsCopied' : 'exports.rowsAll', { total });
  };
  const info = useAppInfo();
  const contains = contentInWords(t, {
    rows:
      rows === 'picked'
        ? { picked: picked.length }
        : { total, matching, isPart, isFiltered: Boolean(query.where) },
    columns: columns === 'all' || ownResource(query) ? null : (query.columns?.length ?? 0),
    isNamed,
    joined: [...joinable.filter(({ id }) => joined.includes(id)), ...(columns === 'all' ? carried : [])].map(
      ({ id }) => t(`exports.joins.${id as 'roles'}`),
    ),
    format,
    zone: chosenZone(),
  });
  const { own } = usePresets();
  const ready = [...joinable, ...carried].some(({ id }) => id === 'roles')
    ? [{ ...rolesForSheet, name: t('presets.rolesForSheet') }].filter(
        ({ name }) => !own.some((preset) => preset.name === name),
      )
    : [];
  const presets = [...own, ...ready];
  const presetChoice = !counts && (
    <Presets
      presets={presets}
      choices={{ format, columns, bom, joined: [...joined], names }}
      onChoose={(choices) => {
        setFormat(choices.format);
        setColumns(choices.columns);
        setBom(choices.bom);
        setJoined(choices.joined);
        setNames(choices.names);
      }}
    />
  );
  const start = useStarting(
    () =>
      api.exports.start.mutate({
        query,
        format,
        columns,
        bom,
        mirrored: mirror !== null,
        zone: chosenZone(),
        ...(format === 'csv' && excelText ? { excelText } : {}),
        ...(joinable.length > 0 && joined.length > 0 ? { joined: [...joined] } : {}),
        ...(isNamed ? { names } : {}),
        ...(until === null ? {} : { until }),
        ...(rows === 'picked' ? { picked } : {}),
        ...(counts ? { counts } : {}),
      }),
    () => {
      if (!counts) keepChoices(list, { format, columns, bom, joined: [...joined], names });
    },
  );
  return (
    <Stack gap="md">
      {/* One choice in the place of all that follow. */}
      {presets.length > 0 && presetChoice}
      {counts ? (
        <Text size="sm">
          {total === null ? t('counts.exportedUncounted') : t('counts.exported', { total })}
        </Text>
      ) : (
        <Radio.Group label={t('exports.rows')} value={rows} onChange={setRows}>
          <Stack gap="3xs" mt="3xs">
            <Radio size="xs" value="all" label={allRows()} />
            {picked.length > 0 && (
              <Radio size="xs" value="picked" label={t('exports.rowsPicked', { count: picked.length })} />
            )}
          </Stack>
        </Radio.Group>
      )}
      {mirror && (
        <Text size="xs" c="dimmed">
          {t(mirror.whole ? 'mirror.exported' : 'mirror.exportedPartly', { time: moment(mirror.asOf) })}
        </Text>
      )}
      {query.where && rows === 'all' && (
        <Text size="xs" c="dimmed">
          {t('local.exported', { conditions })}
        </Text>
      )}
      {!counts && !ownResource(query) && (
        <Radio.Group
          label={t('exports.columns')}
          value={columns}
          onChange={(value) => setColumns(value === 'visible' ? 'visible' : 'all')}
        >
          <Stack gap="3xs" mt="3xs">
            <Radio size="xs" value="all" label={t('exports.columnsAll')} />
            <Radio
              size="xs"
              value="visible"
              label={t('exports.columnsVisible', { count: query.columns?.length ?? 0 })}
            />
          </Stack>
        </Radio.Group>
      )}
      {hasIds && (
        <Checkbox
          size="xs"
          label={t('exports.names')}
          description={t('exports.namesHint')}
          checked={names}
          onChange={(event) => setNames(event.currentTarget.checked)}
        />
      )}
      {joinable.length > 0 && (
        <Checkbox.Group
          label={t('exports.joined')}
          description={t('exports.joinedHint')}
          value={[...joined]}
          onChange={setJoined}
        >
          <Group gap="md" mt="3xs">
            {joinable.map(({ id }) => (
              <Checkbox key={id} size="xs" value={id} label={fullTitleOf(t, id)} />
            ))}
          </Group>
        </Checkbox.Group>
      )}
      <Radio.Group
        label={t('exports.format')}
        value={format}
        onChange={(value) => setFormat(value as ExportFormat)}
      >
        <Stack gap="3xs" mt="3xs">
          <Radio size="xs" value="csv" label={t('exports.csv')} description={t('exports.csvHint')} />
          {format === 'csv' && (
            <Checkbox
              size="xs"
              ml="lg"
              label={t('exports.excelText')}
              checked={excelText}
              onChange={(event) => setExcelText(event.currentTarget.checked)}
            />
          )}
          {format === 'csv' && (
            <Checkbox
              size="xs"
              ml="lg"
              label={t('exports.bom')}
              checked={bom}
              onChange={(event) => setBom(event.currentTarget.checked)}
            />
          )}
          {otherFormats.map((other) => (
            <Radio
              key={other}
              size="xs"
              value={other}
              label={t(`exports.${other}`)}
              description={t(`exports.${other}Hint`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {presets.length === 0 && presetChoice}
      {start.error && <ErrorNotice compact error={errorOf(start.error)} />}
      <DialogActions
        onCancel={closeDialogs}
        said={
          !counts && (
            <Text size="xs" w="100%" data-testid="contains">
              {contains}
            </Text>
          )
        }
      >
        <Button onClick={() => start.mutate()} loading={start.isPending} data-autofocus>
          {info?.door === 'browser' ? t('exports.startBrowser') : t('exports.start')}
        </Button>
      </DialogActions>
    </Stack>
  );
};

const titleOf = (t: TFunction, { query, counts }: ExportRequest): string => {
  const resource = listedResource(query);
  const list = titleInText(t, resource.id);
  if (!counts) return t('exports.title', { list });
  const by = shownText(columnTitle(t, resource.id, counts.column), 60);
  return t('counts.exportTitle', { list, by });
};

/** What to take home: which rows, which columns, which format. Numbers are those of the view. */
export const ExportDialog = () => {
  const { t } = useTranslation();
  const exporting = useDialogs((state) => state.exporting);
  return (
    <Dialog
      opened={exporting !== null}
      onClose={closeDialogs}
      size={400}
      title={exporting && titleOf(t, exporting)}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {exporting && <ExportForm {...exporting} />}
    </Dialog>
  );
};
