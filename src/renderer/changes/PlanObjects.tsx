import { TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type PlanAbout, type PlannedShown, type Verdict, verdicts } from '../../shared/change/plan';
import { number } from '../i18n';
import { api } from '../link/api';
import styles from './PlanDialog.module.css';
import { objectName, PlannedDetail } from './PlannedDetail';
import { WindowedList } from './WindowedList';
import { refusedText, verdictText } from './words';

const rowHeight = 30;

/** The verdicts of a plan with their counts; one that is chosen is shown alone. */
const Counts = ({
  about: { counts },
  chosen,
  onChoose,
}: {
  about: PlanAbout;
  chosen: Verdict | null;
  onChoose: (verdict: Verdict | null) => void;
}) => {
  const { t } = useTranslation();
  const all = verdicts.reduce((sum, verdict) => sum + counts[verdict], 0);
  const shown = verdicts.filter((verdict) => counts[verdict] > 0);
  return (
    <>
      {[null, ...shown].map((verdict) => (
        <UnstyledButton
          key={verdict ?? 'all'}
          className={styles.count}
          data-on={chosen === verdict || undefined}
          data-refused={verdict === 'refused' || undefined}
          data-testid={`count-${verdict ?? 'all'}`}
          aria-pressed={chosen === verdict}
          onClick={() => onChoose(verdict)}
        >
          {verdict ? verdictText(verdict) : t('changing.counts.all')}
          <strong>{number(verdict ? counts[verdict] : all)}</strong>
        </UnstyledButton>
      ))}
    </>
  );
};

/** The only object of a plan. */
export const PlanOfOne = ({ about }: { about: PlanAbout }) => {
  const { data } = useQuery({
    queryKey: ['changes', 'planned', about.id, 'one'],
    queryFn: ({ signal }) => api.changes.planned.query({ plan: about.id, offset: 0, limit: 1 }, { signal }),
  });
  const [planned] = data?.items ?? [];
  return (
    <div className={styles.detail}>
      {planned && <PlannedDetail profile={about.profile} planned={planned} />}
    </div>
  );
};

/** The objects of a plan, as many as there are: by verdict, by text, and the chosen one field by field. */
export const PlanObjects = ({ about }: { about: PlanAbout }) => {
  const { t } = useTranslation();
  const [verdict, setVerdict] = useState<Verdict | null>(about.counts.refused > 0 ? 'refused' : null);
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed.trim(), 200);
  const list = JSON.stringify([verdict, text]);
  const [picked, setPicked] = useState<{ list: string; item: PlannedShown } | null>(null);
  const chosen = picked?.list === list ? picked.item : null;
  /** What is changed is looked at first, not what stays as it is. */
  const showFirst = useCallback(
    (items: readonly PlannedShown[]) => {
      const item = items.find(({ verdict: of }) => of !== 'unchanged') ?? items[0];
      if (item) setPicked((before) => (before?.list === list ? before : { list, item }));
    },
    [list],
  );
  return (
    <>
      <div className={styles.bar}>
        <Counts about={about} chosen={verdict} onChoose={setVerdict} />
        <TextInput
          className={styles.filter ?? ''}
          aria-label={t('changing.filterText')}
          placeholder={t('changing.filterText')}
          leftSection={<IconSearch size={13} />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
      <div className={styles.parts}>
        <WindowedList<PlannedShown>
          label={t('changing.objects')}
          queryKey={['changes', 'planned', about.id, verdict, text]}
          load={(page, signal) =>
            api.changes.planned.query(
              {
                plan: about.id,
                ...(verdict ? { verdict } : {}),
                ...(text ? { text } : {}),
                ...page,
              },
              { signal },
            )
          }
          onShown={showFirst}
          rowHeight={rowHeight}
          idOf={({ change }) => String(change.number)}
          chosen={chosen ? String(chosen.change.number) : null}
          onChoose={(item) => setPicked({ list, item })}
          empty={t('changing.noneMatch')}
          render={(planned) => (
            <span className={styles.object}>
              {planned.line !== null && (
                <span className={styles.verdict}>{t('changing.line', { line: planned.line })}</span>
              )}
              <span className={styles.name} title={objectName(planned)}>
                {objectName(planned)}
              </span>
              <span className={styles.verdict} data-verdict={planned.verdict}>
                {verdict === 'refused' ? refusedText(planned) : verdictText(planned.verdict)}
              </span>
            </span>
          )}
        />
        <div className={styles.detail}>
          {chosen && <PlannedDetail key={chosen.change.number} profile={about.profile} planned={chosen} />}
        </div>
      </div>
    </>
  );
};
