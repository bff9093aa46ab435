import { ActionIcon, Alert, Button, FileButton, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconDownload, IconTrash, IconUpload } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { askedFirst } from '../../shared/deep-link';
import type { ErrorValue } from '../../shared/errors';
import { DeskError, errorValueOf } from '../../shared/errors';
import type { Query } from '../../shared/query';
import { fileOfViews, queryOfView, type SavedView, viewOf, viewsOfFile } from '../../shared/saved-view';
import { shownText } from '../../shared/shown';
import { Dialog } from '../common/Dialog';
import { downloadText } from '../common/download';
import { ErrorNotice } from '../common/ErrorNotice';
import { errorOf } from '../link/api';
import { closeDialogs, useDialogs } from '../state/dialogs';
import { useViews } from '../state/views';
import { openQuery } from '../state/workspace';
import styles from './ViewsDialog.module.css';

/** Saving the view in front, and all saved views: opened on this tenant, removed, taken along, brought in. */
const Views = ({ query }: { query: Query }) => {
  const { t } = useTranslation();
  const { views, save, remove } = useViews();
  const [name, setName] = useState('');
  const [fault, setFault] = useState<ErrorValue | null>(null);
  /** Views of a file that are not taken before the operator says so. */
  const [doubtful, setDoubtful] = useState<SavedView[]>([]);
  const failure = fault ?? (save.error ? errorOf(save.error) : null);
  const attempt = async (work: () => Promise<unknown>) => {
    setFault(null);
    await work().catch((error: unknown) => {
      if (error instanceof DeskError) setFault(errorValueOf(error));
    });
  };
  /** Lets the same file be chosen again. */
  const resetFile = useRef<() => void>(null);
  const bring = (file: File | null) =>
    attempt(async () => {
      if (!file) return;
      const views = viewsOfFile(await file.text());
      const asks = views.some((view) => askedFirst(queryOfView(view, query.profile)) === 'expression');
      setDoubtful(asks ? views : []);
      if (!asks) await save.mutateAsync(views);
    });
  return (
    <Stack gap="xs">
      {!query.parent && !query.object && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void attempt(async () => {
              await save.mutateAsync([viewOf(name.trim(), query)]);
              setName('');
            });
          }}
        >
          <Group gap="2xs" align="flex-end" wrap="nowrap">
            <TextInput
              flex={1}
              label={t('views.save')}
              placeholder={t('views.name')}
              value={name}
              maxLength={60}
              data-autofocus
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Button type="submit" disabled={name.trim() === ''} loading={save.isPending}>
              {t('common.save')}
            </Button>
          </Group>
        </form>
      )}
      {failure && <ErrorNotice compact error={failure} />}
      {doubtful.length > 0 && (
        <Alert color="yellow" title={t('views.expression')}>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {t('views.care')} {shownText(doubtful.map(({ name: one }) => one).join(', '), 600)}
          </Text>
          <Group gap="2xs" mt="2xs" justify="flex-end">
            <Button variant="default" size="compact-sm" onClick={() => setDoubtful([])}>
              {t('common.cancel')}
            </Button>
            <Button
              size="compact-sm"
              onClick={() =>
                attempt(async () => {
                  setDoubtful([]);
                  await save.mutateAsync(doubtful);
                })
              }
            >
              {t('views.importAnyway')}
            </Button>
          </Group>
        </Alert>
      )}
      <ul className={styles.views} aria-label={t('views.title')}>
        {views.map((view) => (
          <li key={view.name} className={styles.view}>
            <Button
              variant="subtle"
              size="compact-sm"
              onClick={() => {
                openQuery(queryOfView(view, query.profile));
                closeDialogs();
              }}
            >
              {view.name}
            </Button>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('views.remove', { name: view.name })}
              onClick={() => remove.mutate(view.name)}
            >
              <IconTrash size={14} />
            </ActionIcon>
          </li>
        ))}
        {views.length === 0 && <li className={styles.none}>{t('views.none')}</li>}
      </ul>
      <Group gap="2xs" justify="flex-end">
        <FileButton
          accept="application/json"
          resetRef={resetFile}
          onChange={(file) => {
            resetFile.current?.();
            void bring(file);
          }}
        >
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconUpload size={14} />}>
              {t('views.import')}
            </Button>
          )}
        </FileButton>
        <Button
          variant="default"
          leftSection={<IconDownload size={14} />}
          disabled={views.length === 0}
          onClick={() => downloadText('logto-desk-views.json', 'application/json', fileOfViews(views))}
        >
          {t('views.export')}
        </Button>
      </Group>
    </Stack>
  );
};

export const ViewsDialog = () => {
  const { t } = useTranslation();
  const query = useDialogs((state) => state.views);
  return (
    <Dialog
      opened={query !== null}
      onClose={closeDialogs}
      size={480}
      title={t('views.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {query && <Views query={query} />}
    </Dialog>
  );
};
