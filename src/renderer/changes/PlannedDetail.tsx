import { Button } from '@mantine/core';
import { IconArrowBackUp, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { findOperation } from '../../shared/change/operations';
import type { PlannedShown } from '../../shared/change/plan';
import { takenInWords } from '../../shared/phrases/change-words';
import { shownText } from '../../shared/shown';
import { useCopy } from '../common/clipboard';
import { Changed } from './Changed';
import styles from './PlanDialog.module.css';
import { guardNext, lossText, refusedText } from './words';

/** What an object of a plan is called. */
export const objectName = ({ change: { target, after } }: Pick<PlannedShown, 'change'>): string => {
  const named = [target.label, after.name, after.username, after.primaryEmail, target.id].find(
    (one) => typeof one === 'string' && one !== '',
  );
  return shownText(typeof named === 'string' ? named : '–', 120);
};

/** One object of a plan: what of it changes, what is lost with it, why it is refused, and the request. */
export const PlannedDetail = ({ profile, planned }: { profile: string; planned: PlannedShown }) => {
  const { t } = useTranslation();
  const { copied, copy } = useCopy();
  const { change, verdict, guard, line, undoable, losses, curl, takes, lacks = [] } = planned;
  const isUncounted = takes === undefined && findOperation(change.operation)?.takes !== undefined;
  const next = guard ? guardNext(guard) : '';
  return (
    <article aria-label={objectName(planned)}>
      <h3 className={styles.title}>
        {objectName(planned)}
        {change.target.id !== '' && change.target.id !== objectName(planned) && (
          <code>{change.target.id}</code>
        )}
        {line !== null && <code>{t('changing.line', { line })}</code>}
      </h3>
      {guard && (
        <div className={styles.refused} role="note">
          {refusedText(planned)}
          {next !== '' && <span>{next}</span>}
        </div>
      )}
      {losses.includes('idIsNew') && <p className={styles.said}>{lossText('idIsNew')}</p>}
      <Changed profile={profile} change={change} />
      {verdict !== 'refused' && verdict !== 'unchanged' && (
        <>
          <p className={styles.said}>
            {undoable !== 'never' && <IconArrowBackUp size={13} />}
            {t(`changes.undoable.${undoable}`)}
          </p>
          {lacks.length > 0 && (
            <>
              <h4 className={styles.takes}>{t('changing.lacks')}</h4>
              <ul className={styles.taken}>
                {lacks.map((one) => (
                  <li key={one.list} data-gone>
                    {shownText(takenInWords(t, one, 'lacks'), 600)}
                  </li>
                ))}
              </ul>
            </>
          )}
          {(isUncounted || (takes && takes.length > 0)) && (
            <>
              <h4 className={styles.takes}>{t('changing.takesAlong')}</h4>
              <ul className={styles.taken}>
                {isUncounted && <li>{t('changes.takes.uncountedOne')}</li>}
                {takes?.map((one) => (
                  <li key={one.list} data-gone={!one.isBack || undefined}>
                    {shownText(takenInWords(t, one), 600)}
                  </li>
                ))}
              </ul>
            </>
          )}
          {losses
            .filter((loss) => loss !== 'idIsNew')
            .map((loss) => (
              <p key={loss} className={styles.said}>
                {lossText(loss)}
              </p>
            ))}
        </>
      )}
      {verdict === 'unchanged' && <p className={styles.said}>{t('changing.alreadySo')}</p>}
      {curl !== '' && (
        <details className={styles.curl}>
          <summary>{t('changing.curl')}</summary>
          <pre>{shownText(curl, 20_000)}</pre>
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconCopy size={12} />}
            onClick={() => void copy(curl, false)}
          >
            {copied ? t('common.copied') : t('common.copy')}
          </Button>
        </details>
      )}
    </article>
  );
};
