import { Button } from '@mantine/core';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../shared/change/operations';
import type { Row } from '../../shared/row';
import { onEscape } from '../common/above';
import { DiscardDialog } from '../common/EnteringDialog';
import { ErrorNotice } from '../common/ErrorNotice';
import { firstOf } from '../common/tabbing';
import { errorOf } from '../link/api';
import { useDialogs } from '../state/dialogs';
import { dropDraft, keepDraft, useDrafts } from './drafts';
import { type Entries, isDirty } from './entries';
import styles from './Form.module.css';
import { faultsIn } from './faults';
import { OperationForm } from './OperationForm';
import { focusFirst, useReview } from './review';

type Props = {
  /** `draftKey` of what is edited. */
  draft: string;
  profile: string;
  operation: Operation;
  id: string;
  parent: string;
  name: string;
  row: Row;
};

const none: Entries = {};

/** Editing in the panel of a row. What was edited stays until it is applied or thrown away. */
export const RowEdit = ({ draft, profile, operation, id, parent, name, row }: Props) => {
  const { t } = useTranslation();
  const entries = useDrafts(({ drafts }) => drafts[draft]?.entries ?? none);
  const [isAsked, setAsked] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  const review = useReview();
  const dirtyIn = (some: Entries) =>
    operation.fields.filter((field) => {
      const entry = some[field.id];
      return entry !== undefined && isDirty(field, entry, row);
    });
  const dirty = dirtyIn(entries);
  const on = { kind: 'row', id, parent, row, name } as const;
  const isReviewed = useDialogs(({ plan }) => plan !== null);

  const place = useRef<HTMLFormElement>(null);
  const discard = () => {
    const part = place.current?.closest('[data-region]');
    dropDraft(draft);
    requestAnimationFrame(() => part?.querySelector<HTMLElement>('[data-edits]')?.focus());
  };
  const leave = () => (dirty.length > 0 ? setLeaving(true) : discard());
  const leaveNow = useEffectEvent(leave);
  // Before the panel hears it: Escape closes that.
  useEffect(() => onEscape(() => leaveNow(), { from: () => place.current, first: true }), []);
  // It takes the place of the button that began it; whoever comes by an edit that was left is somewhere else.
  useEffect(() => {
    const { activeElement, body } = document;
    const isHere = activeElement === body || activeElement === place.current?.closest('[data-region]');
    if (isHere && place.current) firstOf(place.current)?.focus();
  }, []);

  const submit = () => {
    setAsked(true);
    if (dirty.length === 0) return;
    const faults = faultsIn(operation, on, entries, row);
    if (faults.length > 0) return focusFirst(place.current, faults);
    review.mutate({ profile, operation, on, entries, row });
  };
  return (
    <form
      ref={place}
      className={styles.panel}
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className={styles.fields}>
        <OperationForm
          profile={profile}
          operation={operation}
          row={row}
          target={{ id, parent }}
          isMany={false}
          entries={entries}
          isAsked={isAsked}
          onChange={(next) =>
            keepDraft(draft, {
              operation: operation.id,
              entries: next,
              isDirty: dirtyIn(next).length > 0,
            })
          }
        />
      </div>
      {review.error && !isReviewed && (
        <div className={styles.error}>
          <ErrorNotice compact error={errorOf(review.error)} profileId={profile} />
        </div>
      )}
      <div className={styles.foot}>
        <span className={styles.sum} data-dirty={dirty.length > 0 || undefined} role="status">
          {dirty.length > 0 ? t('changing.dirty', { count: dirty.length }) : t('changing.nothingEdited')}
        </span>
        <Button variant="default" onClick={leave}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" disabled={dirty.length === 0} loading={review.isPending}>
          {t('changing.review')}
        </Button>
      </div>
      {isLeaving && (
        <DiscardDialog
          title={t('changing.discardTitle')}
          text={t('changing.discardText', { count: dirty.length })}
          onStay={() => setLeaving(false)}
          onDiscard={() => {
            setLeaving(false);
            discard();
          }}
        />
      )}
    </form>
  );
};
