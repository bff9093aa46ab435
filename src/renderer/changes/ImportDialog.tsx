import { Button, Checkbox, SegmentedControl, Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type RefObject, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HandedImport, ImportKind, MatchField } from '../../shared/change/import-asked';
import { DialogActions } from '../common/DialogActions';
import { useEntered } from '../common/EnteringDialog';
import { ErrorNotice } from '../common/ErrorNotice';
import { api, errorOf } from '../link/api';
import { closeDialogs, useDialogs } from '../state/dialogs';
import { AskDialog } from './AskDialog';
import { FileChooser } from './FileChooser';
import { useHandOver } from './hand-over';
import styles from './Import.module.css';
import { ImportColumns, type LookedColumn } from './ImportColumns';
import { doubled, lackingOf, type Mapped, mappedOf, matchesOf } from './import-columns';
import { usePlanning } from './planned';
import { PlanningText, useTicket } from './planning';
import { importFieldTitle } from './words';

const accepted = '.csv,.tsv,.txt,.xlsx,.xlsm,.ndjson,.jsonl';

type Handed = { file: string; name: string };

/** What is said of a file's columns, before its import is planned. */
const Mapping = ({
  profile,
  kind,
  handed,
  sheet,
  columns,
  entered,
}: {
  profile: string;
  kind: ImportKind;
  handed: Handed;
  sheet: string | undefined;
  columns: readonly LookedColumn[];
  entered: RefObject<boolean>;
}) => {
  const { t } = useTranslation();
  const [suggested] = useState<Mapped>(() => mappedOf(columns));
  const [map, setMap] = useState(suggested);
  const [chosen, setMatch] = useState<MatchField | null>(null);
  const [clears, setClears] = useState(false);
  const [keepPasswords, setKeepPasswords] = useState(false);
  const [creates, setCreates] = useState(false);
  useEntered(entered, map !== suggested || chosen !== null || clears || keepPasswords || creates);
  const matches = matchesOf(map);
  const match = chosen && matches.includes(chosen) ? chosen : matches[0];
  const lacking = lackingOf(kind, map);
  const ticket = useTicket();
  const review = usePlanning(async () => {
    const imported: HandedImport = {
      profile,
      file: handed.file,
      kind,
      ...(sheet === undefined ? {} : { sheet }),
      map: { ...map },
      ...(kind === 'users' && match ? { match } : {}),
      clears,
      keepPasswords,
      creates,
      forced: [],
    };
    return { about: await api.imports.plan.mutate({ ...imported, ticket }), asked: null, imported };
  });
  const hasPasswords = Object.values(map).some((field) => field === 'password' || field === 'passwordDigest');
  return (
    <form
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (lacking.length === 0 && doubled(map).size === 0) review.mutate();
      }}
    >
      <Stack gap="xs">
        <ImportColumns kind={kind} columns={columns} map={map} onChange={setMap} />
        {lacking.length > 0 && (
          <p className={styles.lacking} role="alert">
            {t(kind === 'users' ? 'importing.lacksMatch' : 'importing.lacks', {
              fields: lacking.map((field) => importFieldTitle(field, kind)).join(', '),
            })}
          </p>
        )}
        <div className={styles.options}>
          {kind === 'users' && (
            <Select
              size="xs"
              w={170}
              label={t('importing.match')}
              data={matches.map((field) => ({ value: field, label: importFieldTitle(field, kind) }))}
              value={match ?? null}
              allowDeselect={false}
              disabled={matches.length === 0}
              onChange={(value) => setMatch(matches.find((field) => field === value) ?? null)}
            />
          )}
          {kind === 'users' && (
            <Stack gap="3xs">
              <Checkbox
                size="xs"
                label={t('importing.clears')}
                checked={clears}
                onChange={(event) => setClears(event.currentTarget.checked)}
              />
              {hasPasswords && (
                <Checkbox
                  size="xs"
                  label={t('importing.keepPasswords')}
                  checked={keepPasswords}
                  onChange={(event) => setKeepPasswords(event.currentTarget.checked)}
                />
              )}
            </Stack>
          )}
          {kind === 'members' && (
            <Checkbox
              size="xs"
              label={t('importing.creates')}
              checked={creates}
              onChange={(event) => setCreates(event.currentTarget.checked)}
            />
          )}
        </div>
        {review.error && <ErrorNotice compact error={errorOf(review.error)} profileId={profile} />}
        <DialogActions
          onCancel={closeDialogs}
          said={<PlanningText ticket={ticket} isPending={review.isPending} />}
        >
          <Button
            type="submit"
            disabled={lacking.length > 0 || doubled(map).size > 0}
            loading={review.isPending}
          >
            {t('importing.review')}
          </Button>
        </DialogActions>
      </Stack>
    </form>
  );
};

type FormProps = { profile: string; kind: ImportKind; entered: RefObject<boolean> };

const ImportForm = ({ profile: id, kind: first, entered }: FormProps) => {
  const { t } = useTranslation();
  const [kind, setKind] = useState<ImportKind>(first);
  const [handed, setHanded] = useState<Handed | null>(null);
  const [sheet, setSheet] = useState<string | undefined>();
  const hand = useHandOver((file, name) => {
    setSheet(undefined);
    setHanded({ file, name });
  });
  const look = useQuery({
    queryKey: ['changes', 'import', id, handed?.file, kind, sheet],
    queryFn: ({ signal }) =>
      api.imports.look.query(
        { profile: id, file: handed?.file ?? '', kind, ...(sheet === undefined ? {} : { sheet }) },
        { signal },
      ),
    enabled: handed !== null && !hand.isPending,
    staleTime: Number.POSITIVE_INFINITY,
    // While the review is in front, nobody watches this: without it the choices would begin anew.
    gcTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const error = hand.error ?? look.error;
  const { data } = look;
  return (
    <Stack gap="xs">
      <SegmentedControl
        size="xs"
        aria-label={t('importing.kind')}
        value={kind}
        data={[
          { value: 'users', label: t('importing.kinds.users') },
          { value: 'members', label: t('importing.kinds.members') },
        ]}
        onChange={(value) => setKind(value === 'members' ? 'members' : 'users')}
      />
      <FileChooser
        label={t('importing.file')}
        hint={t(kind === 'users' ? 'importing.hintUsers' : 'importing.hintMembers')}
        accept={accepted}
        name={handed?.name ?? null}
        isPending={hand.isPending || look.isFetching}
        onChoose={(file) => hand.mutate({ file, before: handed?.file ?? null })}
      />
      {error && <ErrorNotice compact error={errorOf(error)} profileId={id} />}
      {handed && data && data.otherSheets.length > 0 && (
        <Select
          size="xs"
          w={260}
          label={t('importing.sheet')}
          data={[data.sheet ?? '', ...data.otherSheets]}
          value={data.sheet}
          allowDeselect={false}
          onChange={(value) => setSheet(value ?? undefined)}
        />
      )}
      {handed && data ? (
        <Mapping
          key={`${handed.file} ${kind} ${data.sheet ?? ''}`}
          profile={id}
          kind={kind}
          handed={handed}
          sheet={sheet}
          columns={data.columns}
          entered={entered}
        />
      ) : (
        <DialogActions onCancel={closeDialogs} />
      )}
    </Stack>
  );
};

/** Imports a file: which column fills which field, then the plan of what every line comes to. Nothing is written here. */
export const ImportDialog = () => {
  const { t } = useTranslation();
  const importing = useDialogs((state) => state.importing);
  const entered = useRef(false);
  return (
    <AskDialog profile={importing?.profile ?? null} size={760} title={t('importing.title')} entered={entered}>
      {importing && (
        <ImportForm key={`${importing.profile} ${importing.kind}`} {...importing} entered={entered} />
      )}
    </AskDialog>
  );
};
