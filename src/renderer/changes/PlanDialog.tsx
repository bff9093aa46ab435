import { Button, Checkbox, NumberInput, TextInput } from '@mantine/core';
import { IconDownload, IconLockOpen } from '@tabler/icons-react';
import { useIsMutating, useMutation, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { forcible, type Guard } from '../../shared/change/plan';
import { takenInWords } from '../../shared/phrases/change-words';
import { shownText } from '../../shared/shown';
import { Dialog } from '../common/Dialog';
import { downloadText } from '../common/download';
import { ErrorNotice } from '../common/ErrorNotice';
import { isEnter } from '../common/keys';
import { TenantName } from '../common/TenantMark';
import { moment } from '../i18n';
import { api, errorOf } from '../link/api';
import { askChangesState } from '../state/changing';
import { closeDialogsOf, closePlan, dialogsNow, type Reviewed, useDialogs } from '../state/dialogs';
import { useProfile } from '../state/profiles';
import { noteApplied } from './applied';
import { saveFailed } from './failed-lines';
import styles from './PlanDialog.module.css';
import { PlanObjects, PlanOfOne } from './PlanObjects';
import { changesToMake, objectsIn } from './plan-sums';
import { usePlanning } from './planned';
import { useChangesState, useSecondsLeft, useUnlocking } from './state';
import { guardText, lossText, planTitle, timeText } from './words';

/** The mutation that applies a plan. */
const applying = ['changes', 'apply'];

/** True while a plan is on its way to be applied. */
const useIsApplying = (): boolean => useIsMutating({ mutationKey: applying }) > 0;

/** Guards that refuse something of a plan, and may be overridden by name. */
const Overrides = ({ reviewed: { about, asked, imported, undone } }: { reviewed: Reviewed }) => {
  const { t } = useTranslation();
  const isApplying = useIsApplying();
  const [chosen, setChosen] = useState<readonly Guard[]>([]);
  const { data } = useQuery({
    queryKey: ['changes', 'planned', about.id, 'refused'],
    queryFn: ({ signal }) =>
      api.changes.planned.query({ plan: about.id, verdict: 'refused', offset: 0, limit: 500 }, { signal }),
    enabled: about.counts.refused > 0 && (asked !== null || imported !== undefined || undone !== undefined),
  });
  const again = usePlanning(async (forced: readonly Guard[]) => {
    if (imported) {
      const next = { ...imported, forced: [...new Set([...imported.forced, ...forced])] };
      return { about: await api.imports.plan.mutate(next), asked: null, imported: next };
    }
    if (undone) {
      // Those of an undo are always overridden; the core gives them itself.
      const all = [...new Set([...about.forced, ...forced])];
      const { profile } = about;
      return {
        about: await api.changes.undo.mutate({ profile, ...undone, forced: all }),
        asked: null,
        undone,
      };
    }
    if (!asked) return null;
    const next = { ...asked, forced: [...new Set([...(asked.forced ?? []), ...forced])] };
    return { about: await api.changes.plan.mutate(next), asked: next };
  });
  const found = [...new Set((data?.items ?? []).flatMap(({ guard }) => (guard ? [guard] : [])))];
  const offered = forcible.filter((guard) => found.includes(guard));
  if (offered.length === 0) return null;
  return (
    <fieldset className={styles.force} aria-label={t('changing.forceTitle')}>
      {offered.map((guard) => (
        <Checkbox
          key={guard}
          size="xs"
          label={t('changing.force', { guard: guardText(guard, '…') })}
          checked={chosen.includes(guard)}
          onChange={({ currentTarget: { checked } }) =>
            setChosen(checked ? [...chosen, guard] : chosen.filter((one) => one !== guard))
          }
        />
      ))}
      {chosen.length > 0 && (
        <span>
          <Button
            size="compact-xs"
            variant="default"
            disabled={isApplying}
            loading={again.isPending}
            onClick={() => again.mutate(chosen)}
          >
            {t('changing.planAgain')}
          </Button>
        </span>
      )}
      {again.error && <ErrorNotice compact error={errorOf(again.error)} />}
    </fieldset>
  );
};

/** What a plan costs and cannot give back, in words. */
const Facts = ({ about }: { about: Reviewed['about'] }) => {
  const { t } = useTranslation();
  const { counts, losses, taken, uncounted, lacking, forced, requests, takesMs, deliveries } = about;
  const isSingle = objectsIn(about) === 1;
  return (
    <>
      {forced.length > 0 && (
        <section className={styles.losses} aria-label={t('changing.forcedTitle')}>
          <strong>{t('changing.forcedTitle')}</strong>
          <ul>
            {forced.map((guard) => (
              <li key={guard}>{guardText(guard, '…')}</li>
            ))}
          </ul>
        </section>
      )}
      <div className={styles.warnings}>
        {!isSingle && losses.length > 0 && (
          <section className={styles.losses} aria-label={t('changing.lossesTitle')}>
            <strong>{t('changing.lossesTitle')}</strong>
            <ul>
              {losses.map((loss) => (
                <li key={loss}>{lossText(loss)}</li>
              ))}
            </ul>
          </section>
        )}
        {!isSingle && taken.length + uncounted + lacking > 0 && (
          <section className={styles.losses} aria-label={t('changing.takesAlong')}>
            <strong>{t(taken.length + uncounted > 0 ? 'changing.takesAlong' : 'changing.lacks')}</strong>
            <ul>
              {taken.map((one) => (
                <li key={`${one.list} ${one.isBack}`}>{takenInWords(t, one)}</li>
              ))}
              {uncounted > 0 && <li>{t('changes.takes.uncounted', { count: uncounted })}</li>}
              {lacking > 0 && <li>{t('changes.takes.lacking', { count: lacking })}</li>}
            </ul>
          </section>
        )}
      </div>
      {changesToMake(about) > 0 && (
        <p className={styles.facts} data-testid="facts">
          {!isSingle && (
            <span>
              {counts.neverUndone > 0 && t('changing.neverUndone', { count: counts.neverUndone })}
              {counts.neverUndone > 0 && counts.partlyUndone > 0 && ' · '}
              {counts.partlyUndone > 0 && t('changing.partlyUndone', { count: counts.partlyUndone })}
              {counts.neverUndone + counts.partlyUndone === 0 &&
                t(losses.length > 0 ? 'changing.allUndoneBut' : 'changing.allUndone')}
            </span>
          )}
          <span>
            {t('changing.requests', { count: requests })} · {t('changing.takes', { time: timeText(takesMs) })}
          </span>
          {deliveries === null || deliveries.length === 0 ? (
            <span>{t(deliveries ? 'changing.noDeliveries' : 'changing.deliveriesUnknown')}</span>
          ) : (
            deliveries.map(({ hook, name, count }) => (
              <span key={hook}>{t('changing.deliveries', { count, hook: shownText(name || hook, 60) })}</span>
            ))
          )}
        </p>
      )}
    </>
  );
};

/** Failures after which a run stops, if nothing else is said (`core/changes/job.ts`). */
const usualFailures = 10;

/** How long nobody can have read what a plan asks, ms. */
const unreadMs = 600;

const Plan = ({ reviewed }: { reviewed: Reviewed }) => {
  const { about, imported } = reviewed;
  const { t } = useTranslation();
  const profile = useProfile(about.profile);
  const state = useChangesState(about.profile);
  const left = useSecondsLeft(state?.unlockedUntil ?? null);
  const { unlock } = useUnlocking(about.profile);
  const [typed, setTyped] = useState('');
  const [stopAfter, setStopAfter] = useState(usualFailures);
  const count = changesToMake(about);
  const isSingle = objectsIn(about) === 1;
  const apply = useMutation({
    mutationKey: applying,
    mutationFn: () =>
      api.changes.start.mutate({
        plan: about.id,
        ...(about.confirm === null ? {} : { confirm: typed }),
        ...(count > usualFailures ? { stopAfter } : {}),
      }),
    onMutate: dialogsNow,
    onSuccess: (_job, _none, then) => {
      noteApplied(reviewed);
      closeDialogsOf(then);
    },
    onError: askChangesState,
  });
  const save = useMutation({
    mutationFn: () => api.changes.planFile.query({ plan: about.id }),
    onSuccess: (file) =>
      downloadText(`${about.title}.plan.json`, 'application/json', `${JSON.stringify(file, null, 2)}\n`),
  });
  const refused = useMutation({
    mutationFn: () => api.imports.failed.query({ plan: about.id }),
    onSuccess: saveFailed,
  });
  /** Since when the buttons say what they say, ms. */
  const since = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an unlocked tenant has another button in the same place
  useLayoutEffect(() => {
    since.current = performance.now();
  }, [left > 0]);
  /** A key that was pressed before a button was read, or is held since, gives it nothing. */
  const isUnread = (event: KeyboardEvent): boolean =>
    (isEnter(event) || (event.key === ' ' && event.target instanceof HTMLButtonElement)) &&
    (event.repeat || event.timeStamp - since.current < unreadMs);
  const isConfirmed = about.confirm === null || typed.normalize('NFC').trim() === about.confirm;
  // The focus begins where the next key does no harm: at the name that is asked for, or else where nothing is lost for good.
  const isHarmless = count > 0 && about.counts.delete === 0 && about.counts.neverUndone === 0;
  const isNamed = about.confirm !== null && count > 0;
  const begins = isNamed ? 'name' : isHarmless ? 'apply' : 'cancel';
  const error = apply.error ?? save.error ?? refused.error ?? unlock.error;
  return (
    <form
      className={styles.body}
      data-single={isSingle || undefined}
      onKeyDown={(event) => isUnread(event) && event.preventDefault()}
      // A space presses a button as it is let go.
      onKeyUp={(event) => isUnread(event) && event.preventDefault()}
      onSubmit={(event) => {
        event.preventDefault();
        if (left > 0 && isConfirmed && count > 0 && !apply.isPending) apply.mutate();
      }}
    >
      <p className={styles.lead}>
        {profile && <TenantName profile={profile} />}
        <strong>{t('changing.nothingSent')}</strong>
        <span>{t('changing.readAt', { time: moment(about.readAt) })}</span>
      </p>
      {isSingle ? <PlanOfOne about={about} /> : <PlanObjects about={about} />}
      <Overrides reviewed={reviewed} />
      <Facts about={about} />
      {error && <ErrorNotice compact error={errorOf(error)} profileId={about.profile} />}
      <div className={styles.foot}>
        {about.confirm !== null && count > 0 && (
          <TextInput
            className={styles.confirm ?? ''}
            label={t('changing.confirmLabel', { name: about.confirm })}
            description={t('changing.confirmHint', { label: profile?.label ?? '' })}
            value={typed}
            spellCheck={false}
            autoComplete="off"
            data-autofocus
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        {count > usualFailures && (
          <NumberInput
            size="xs"
            w={150}
            label={t('changing.stopAfter')}
            min={1}
            max={count}
            allowDecimal={false}
            allowNegative={false}
            value={stopAfter}
            onChange={(value) => setStopAfter(Math.max(1, Number(value) || usualFailures))}
          />
        )}
        <span className={styles.buttons}>
          {imported && about.counts.refused > 0 && (
            <Button
              variant="subtle"
              color="gray"
              leftSection={<IconDownload size={14} />}
              loading={refused.isPending}
              onClick={() => refused.mutate()}
            >
              {t('importing.saveRefused')}
            </Button>
          )}
          {objectsIn(about) > 0 && (
            <Button
              variant="subtle"
              color="gray"
              leftSection={<IconDownload size={14} />}
              loading={save.isPending}
              onClick={() => save.mutate()}
            >
              {t('changing.savePlan')}
            </Button>
          )}
          <Button
            variant="default"
            data-autofocus={begins === 'cancel' || undefined}
            disabled={apply.isPending}
            onClick={closePlan}
          >
            {t('common.cancel')}
          </Button>
          {count > 0 && left === 0 && (
            <Button
              leftSection={<IconLockOpen size={14} />}
              data-autofocus={begins === 'apply' || undefined}
              loading={unlock.isPending}
              onClick={() => unlock.mutate()}
            >
              {t('changing.unlockFirst')}
            </Button>
          )}
          {(count === 0 || left > 0) && (
            <Button
              type="submit"
              {...(about.counts.delete > 0 ? { color: 'red.9' } : {})}
              data-autofocus={begins === 'apply' || undefined}
              disabled={count === 0 || !isConfirmed}
              loading={apply.isPending}
            >
              {count === 0 ? t('changing.nothingToApply') : t('changing.apply', { count })}
            </Button>
          )}
        </span>
      </div>
    </form>
  );
};

/** A plan as it is reviewed before anything is sent: what it does, to whom, what it costs, and what cannot be undone. */
export const PlanDialog = () => {
  // What is on its way to the tenant is not cancelled by leaving its plan.
  const isApplying = useIsApplying();
  const { t } = useTranslation();
  const reviewed = useDialogs((state) => state.plan);
  const isSingle = reviewed !== null && objectsIn(reviewed.about) === 1;
  return (
    <Dialog
      opened={reviewed !== null}
      onClose={() => !isApplying && closePlan()}
      size={isSingle ? 640 : 1000}
      title={reviewed && t('changing.plan', { title: planTitle(reviewed.about.title) })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {reviewed && <Plan key={reviewed.about.id} reviewed={reviewed} />}
    </Dialog>
  );
};
