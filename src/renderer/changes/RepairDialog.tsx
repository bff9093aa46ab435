import { Button, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { checkField } from '../../shared/change/checks';
import { findOperation } from '../../shared/change/operations';
import type { Unreadable } from '../../shared/row';
import { DialogActions } from '../common/DialogActions';
import { useEntered } from '../common/EnteringDialog';
import { ErrorNotice } from '../common/ErrorNotice';
import { number } from '../i18n';
import { api, errorOf } from '../link/api';
import { closeDialogs, useDialogs } from '../state/dialogs';
import { AskDialog } from './AskDialog';
import styles from './Form.module.css';
import { useReview } from './review';
import { faultText } from './words';

const operation = findOperation('users.update');
const nameField = operation?.fields.find(({ id }) => id === 'name');

/** Looks for the ID by searches; a second press, or closing the dialog, ends it. */
const FindId = ({
  profile,
  which: { before, after },
  onFound,
}: {
  profile: string;
  which: Unreadable;
  onFound: (id: string) => void;
}) => {
  const { t } = useTranslation();
  const running = useRef<AbortController | null>(null);
  const find = useMutation({
    mutationFn: () => {
      running.current = new AbortController();
      const { signal } = running.current;
      return api.changes.findFailing.mutate({ profile, before, after }, { signal });
    },
    onSuccess: ({ id }) => onFound(id),
  });
  useEffect(() => () => running.current?.abort(), []);
  const isCanceled = find.isError && running.current?.signal.aborted === true;
  return (
    <div className={styles.found}>
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => (find.isPending ? running.current?.abort() : find.mutate())}
      >
        {t(find.isPending ? 'common.cancel' : 'changing.repair.find')}
      </Button>
      <span role="status">
        {find.isPending
          ? t('changing.repair.finding')
          : find.data
            ? t('changing.repair.found', { count: find.data.asked })
            : t('changing.repair.findHint')}
      </span>
      {find.error && !isCanceled && <ErrorNotice compact error={errorOf(find.error)} profileId={profile} />}
    </div>
  );
};

type RepairProps = { profile: string; which: Unreadable; entered: RefObject<boolean> };

const RepairForm = ({ profile, which, entered }: RepairProps) => {
  const { t } = useTranslation();
  const [id, setId] = useState('');
  const [name, setName] = useState('');
  const [isAsked, setAsked] = useState(false);
  const review = useReview();
  useEntered(entered, id.trim() !== '' || name.trim() !== '');
  const missing = (text: string) => (isAsked && text.trim() === '' ? t('changing.missing') : null);
  const guard = nameField && name !== '' ? checkField(nameField, name) : null;
  const submit = () => {
    setAsked(true);
    if (!operation || guard || id.trim() === '' || name.trim() === '') return;
    const on = { kind: 'row' as const, id: id.trim(), parent: '', row: {}, name: id.trim() };
    review.mutate({ profile, operation, on, entries: { name }, row: null });
  };
  return (
    <form
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="xs">
        <p className={styles.hint}>{t('changing.repair.why', { place: number(which.place + 1) })}</p>
        <TextInput
          size="xs"
          data-autofocus
          label={t('changing.repair.id')}
          description={t('changing.repair.idHint')}
          value={id}
          error={missing(id)}
          spellCheck={false}
          onChange={(event) => setId(event.currentTarget.value)}
        />
        <FindId profile={profile} which={which} onFound={setId} />
        <TextInput
          size="xs"
          label={t('changing.repair.name')}
          value={name}
          error={guard && nameField ? faultText(nameField, { kind: 'guard', guard }, name) : missing(name)}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {review.error && <ErrorNotice compact error={errorOf(review.error)} profileId={profile} />}
        <DialogActions onCancel={closeDialogs}>
          <Button type="submit" loading={review.isPending}>
            {t('changing.review')}
          </Button>
        </DialogActions>
      </Stack>
    </form>
  );
};

/** Gives a user whom the server fails on a new name, which lets the server answer with it again (WRITES, dangerous 1). */
export const RepairDialog = () => {
  const { t } = useTranslation();
  const repairing = useDialogs((state) => state.repairing);
  const entered = useRef(false);
  return (
    <AskDialog
      profile={repairing?.profile ?? null}
      size={480}
      title={t('changing.repair.title')}
      entered={entered}
    >
      {repairing && (
        <RepairForm key={`${repairing.profile} ${repairing.which.place}`} {...repairing} entered={entered} />
      )}
    </AskDialog>
  );
};
