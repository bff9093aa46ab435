import { Button, FileButton, Radio, Stack, Textarea } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { findOperation, type Operation } from '../../shared/change/operations';
import { shownText } from '../../shared/shown';
import { DialogActions } from '../common/DialogActions';
import { useEntered } from '../common/EnteringDialog';
import { ErrorNotice } from '../common/ErrorNotice';
import { firstOf } from '../common/tabbing';
import { errorOf } from '../link/api';
import { type Acting, type ActingOn, closeDialogs, useDialogs } from '../state/dialogs';
import { AskDialog } from './AskDialog';
import type { Entries, Entry } from './entries';
import styles from './Form.module.css';
import { faultsIn, isMany } from './faults';
import { OperationForm } from './OperationForm';
import { PlanningText, useTicket } from './planning';
import { focusFirst, useReview } from './review';
import { operationTitle } from './words';

const whom = (t: TFunction, on: ActingOn): string => {
  switch (on.kind) {
    case 'row':
      return shownText(on.name, 80);
    case 'ids':
      return t('changing.forSelected', { count: on.ids.length });
    case 'view':
      return `${t('changing.forView')} (${on.total})`;
    case 'pasted':
      return t('changing.forPasted');
    case 'new':
      return '';
  }
};

/** What the list is called among the fields of its form. */
const pastedList = 'pasted';

/** Characters of a list at most (`selectionSchema`). */
const longestList = 4_000_000;

/** Takes a list out of a text file; it can be seen, and mended, before it is used. */
const ListFile = ({ onRead }: { onRead: (text: string) => void }) => {
  const { t } = useTranslation();
  const [isTooLong, setTooLong] = useState(false);
  const read = async (file: File) => {
    const fits = file.size <= longestList;
    setTooLong(!fits);
    if (fits) onRead(await file.text());
  };
  return (
    <div>
      <FileButton
        accept=".txt,.csv,text/plain,text/csv"
        onChange={(file) => file && void read(file)}
        inputProps={{ 'aria-label': t('changing.listFile') }}
      >
        {(props) => (
          <Button {...props} size="compact-xs" variant="subtle" leftSection={<IconUpload size={12} />}>
            {t('changing.listFile')}
          </Button>
        )}
      </FileButton>
      {isTooLong && <small className={styles.faulty}>{t('changing.listTooLong')}</small>}
    </div>
  );
};

/** True of what was entered and taken back. */
const isNothing = (entry: Entry): boolean =>
  entry === null || (typeof entry !== 'boolean' && entry.length === 0);

type FormProps = { acting: Acting; operation: Operation; entered: RefObject<boolean> };

const ActionForm = ({ acting, operation, entered }: FormProps) => {
  const { profile, on: choices } = acting;
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(0);
  const [text, setText] = useState('');
  const [entries, setEntries] = useState<Entries>({});
  const [isAsked, setAsked] = useState(false);
  const ticket = useTicket();
  const review = useReview(ticket);
  const [first] = choices;
  const picked = choices[chosen] ?? first;
  const on: ActingOn = picked.kind === 'pasted' ? { kind: 'pasted', text } : picked;
  useEntered(entered, text.trim() !== '' || Object.values(entries).some((entry) => !isNothing(entry)));
  const lacksList = on.kind === 'pasted' && text.trim() === '';
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => {
    if (form.current) firstOf(form.current)?.setAttribute('data-autofocus', 'true');
  }, []);
  const submit = () => {
    setAsked(true);
    const faults = faultsIn(operation, on, entries, null);
    if (lacksList) faults.push(pastedList);
    if (faults.length > 0) return focusFirst(form.current, faults);
    review.mutate({ profile, operation, on, entries, row: null });
  };
  return (
    <form
      ref={form}
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="xs">
        {choices.length > 1 && (
          <Radio.Group
            size="xs"
            label={t('changing.forWhat')}
            value={String(chosen)}
            onChange={(value) => setChosen(Number(value))}
          >
            <Stack gap="3xs" mt="4xs">
              {choices.map((one, at) => (
                <Radio
                  key={one.kind}
                  size="xs"
                  value={String(at)}
                  label={whom(t, one)}
                  description={one.kind === 'view' ? t('changing.viewHint') : undefined}
                />
              ))}
            </Stack>
          </Radio.Group>
        )}
        {on.kind === 'pasted' && (
          <Textarea
            size="xs"
            wrapperProps={{ 'data-field': pastedList }}
            label={t('changing.pastedLabel')}
            autosize
            minRows={4}
            maxRows={10}
            spellCheck={false}
            value={text}
            error={isAsked && lacksList ? t('changing.missing') : null}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        {on.kind === 'pasted' && <ListFile onRead={setText} />}
        <OperationForm
          profile={profile}
          operation={operation}
          row={null}
          target={on.kind === 'row' ? on : null}
          isMany={isMany(on)}
          entries={entries}
          isAsked={isAsked}
          onChange={setEntries}
        />
        {review.error && <ErrorNotice compact error={errorOf(review.error)} profileId={profile} />}
        <DialogActions
          onCancel={closeDialogs}
          said={<PlanningText ticket={ticket} isPending={review.isPending} />}
        >
          <Button type="submit" loading={review.isPending}>
            {t('changing.review')}
          </Button>
        </DialogActions>
      </Stack>
    </form>
  );
};

/** What is entered for something that is done to one object or many, before its plan is made. */
export const ActionDialog = () => {
  const { t } = useTranslation();
  const acting = useDialogs((state) => state.acting);
  const entered = useRef(false);
  const operation = acting && findOperation(acting.operation);
  const [first] = acting?.on ?? [];
  const name = acting?.on.length === 1 && first ? whom(t, first) : '';
  return (
    <AskDialog
      profile={acting?.profile ?? null}
      size={560}
      entered={entered}
      title={
        operation && (
          <>
            {operationTitle(operation.id)}
            {name !== '' && <span className={styles.whom}>{name}</span>}
          </>
        )
      }
    >
      {acting && operation && (
        <ActionForm key={acting.operation} acting={acting} operation={operation} entered={entered} />
      )}
    </AskDialog>
  );
};
