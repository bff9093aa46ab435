import { Button, Divider, Group, MultiSelect, Select, Stack, Text } from '@mantine/core';
import { IconCopyPlus, IconFileExport } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MirrorPlan } from '../../core/router';
import { type Along, placedResources } from '../../shared/catalog';
import { titleOf } from '../../shared/phrases/catalog-words';
import { timeSpanNames, timeSpans } from '../../shared/query';
import { AskedTwice } from '../common/AskedTwice';
import { Dialog } from '../common/Dialog';
import { ErrorNotice } from '../common/ErrorNotice';
import { megabytes } from '../i18n';
import { errorOf } from '../link/api';
import { closeDialogs, takeSnapshot, useDialogs } from '../state/dialogs';
import { useProfile } from '../state/profiles';
import { AlongChoice } from './AlongChoice';
import { CopiedLists, copiedLists } from './CopiedLists';
import { useMirror } from './mirror';

const everyHours = [0, 1, 6, 24];
const keepDays = [7, 30, 90, 365];

/** What happens to the copy by itself. */
const Plan = ({ plan, onChange }: { plan: MirrorPlan; onChange: (changed: Partial<MirrorPlan>) => void }) => {
  const { t } = useTranslation();
  return (
    <Group gap="sm" grow align="flex-end">
      <Select
        label={t('mirror.every')}
        allowDeselect={false}
        data={everyHours.map((hours) => ({
          value: String(hours),
          label: hours === 0 ? t('mirror.never') : t('mirror.everyHours', { count: hours }),
        }))}
        value={String(plan.everyHours)}
        onChange={(value) => onChange({ everyHours: Number(value) })}
      />
      <Select
        label={t('mirror.keep')}
        allowDeselect={false}
        data={[
          { value: '', label: t('mirror.keepAll') },
          ...keepDays.map((days) => ({
            value: String(days),
            label: t('mirror.keepDays', { count: days }),
          })),
        ]}
        value={plan.keepLogsDays === null ? '' : String(plan.keepLogsDays)}
        onChange={(value) => onChange({ keepLogsDays: value ? Number(value) : null })}
      />
    </Group>
  );
};

const Content = ({ profile, isSnapshot }: { profile: string; isSnapshot: boolean }) => {
  const { t } = useTranslation();
  const { about, start, remove, plan, setPlan } = useMirror(profile);
  const [span, setSpan] = useState('');
  const [along, setAlong] = useState<Along>({ below: true, belowUsers: false });
  const [resources, setResources] = useState<string[]>([]);
  const lists = about.data ? copiedLists(t, about.data) : [];
  // Of another server, or of nobody knows which: nothing of it is shown, and it stands in the way of a copy of this one.
  const isForeign =
    about.error !== null &&
    ['mirror.foreign', 'mirror.unowned', 'mirror.newer'].includes(errorOf(about.error).code);
  const failure = about.error ?? start.error ?? setPlan.error;
  const begin = () =>
    start.mutate(
      { logsSince: span ? Date.now() - (timeSpans[span] ?? 0) : null, along, resources },
      { onSuccess: closeDialogs },
    );
  return (
    <Stack gap="xs">
      <Text size="sm">{t(isSnapshot ? 'snapshot.openText' : 'mirror.text')}</Text>
      {about.data?.setAside && (
        <Text size="xs" c="dimmed">
          {t('mirror.setAside', { path: about.data.setAside })}
        </Text>
      )}
      {about.data?.upgrading && (
        <Text size="xs" c="dimmed">
          {t('mirror.upgrading', about.data.upgrading)}
        </Text>
      )}
      {failure && <ErrorNotice compact error={errorOf(failure)} />}
      <CopiedLists lists={lists} />
      {!isSnapshot && !isForeign && (
        <>
          <MultiSelect
            size="xs"
            label={t('mirror.choose')}
            placeholder={resources.length === 0 ? t('mirror.everything') : ''}
            data={placedResources.map(({ id }) => ({ value: id, label: titleOf(t, id) }))}
            value={resources}
            onChange={setResources}
            searchable
            clearable
          />
          <AlongChoice
            along={along}
            onChange={setAlong}
            hasUsers={resources.length === 0 || resources.includes('users')}
          />
          <Group justify="space-between" align="flex-end" wrap="nowrap">
            <Select
              w={140}
              label={t('mirror.logs')}
              allowDeselect={false}
              data={[
                { value: '', label: t('mirror.allLogs') },
                ...timeSpanNames.map((value) => ({ value, label: t(`list.time.${value}`) })),
              ]}
              value={span}
              onChange={(value) => setSpan(value ?? '')}
            />
            <Button
              leftSection={<IconCopyPlus size={14} />}
              loading={start.isPending}
              onClick={begin}
              data-autofocus
            >
              {lists.some(({ wholeAt }) => wholeAt !== null) ? t('mirror.again') : t('mirror.start')}
            </Button>
          </Group>
          <Divider label={t('mirror.byItself')} labelPosition="left" />
          {plan.data && <Plan plan={plan.data} onChange={(changed) => setPlan.mutate(changed)} />}
        </>
      )}
      {!isSnapshot && lists.length > 0 && (
        <>
          <Divider label={t('snapshot.handOver')} labelPosition="left" />
          <Button
            variant="default"
            leftSection={<IconFileExport size={14} />}
            onClick={() => takeSnapshot(profile)}
            style={{ alignSelf: 'flex-start' }}
          >
            {t('snapshot.take')}
          </Button>
        </>
      )}
      {!isSnapshot && (lists.length > 0 || isForeign) && (
        <>
          <Divider />
          <AskedTwice
            label={
              isForeign
                ? t('mirror.removeForeign')
                : t('mirror.remove', { size: megabytes(about.data?.size ?? 0) })
            }
            title={t('mirror.removeTitle')}
            text={t('mirror.removeText')}
            error={remove.error && errorOf(remove.error)}
            isPending={remove.isPending}
            onRemove={() => remove.mutate()}
          />
        </>
      )}
    </Stack>
  );
};

/** What of a tenant is on this computer; copying it, and removing the copy. */
export const MirrorDialog = () => {
  const { t } = useTranslation();
  const id = useDialogs((state) => state.mirror);
  const profile = useProfile(id ?? undefined);
  return (
    <Dialog
      opened={id !== null && profile !== undefined}
      onClose={closeDialogs}
      size={660}
      title={t('mirror.title', { tenant: profile?.name ?? '' })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {profile && <Content profile={profile.id} isSnapshot={profile.kind === 'snapshot'} />}
    </Dialog>
  );
};
