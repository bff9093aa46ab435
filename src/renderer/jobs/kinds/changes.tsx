import { useTranslation } from 'react-i18next';
import { outcomes } from '../../../shared/change/change';
import { changeTitle } from '../../../shared/phrases/change-words';
import { ChangesResult } from '../../changes/ChangesResult';
import { outcomeText } from '../../changes/words';
import { number, phrases } from '../../i18n';
import type { ShownOf } from '../../state/jobs';
import { TryAgain } from '../ResumeJob';
import type { ShownKind } from './kind';
import { joined } from './words';

const { t } = phrases;

const Result = ({ job }: { job: ShownOf<'changes'> }) => {
  const { t } = useTranslation();
  return (
    job.result && (
      <ChangesResult
        profile={job.profile}
        title={job.title}
        result={job.result}
        again={<TryAgain job={job} label={t('exports.resume')} />}
      />
    )
  );
};

export const changesKind: ShownKind<ShownOf<'changes'>> = {
  running: ({ title }, t) => changeTitle(t, title),
  ended: ({ title }, t) => changeTitle(t, title),
  counted: { progress: 'changing.progress', rate: 'changing.rate' },
  keepsAll: true,
  outcome({ result }) {
    const counts = result?.outcomes;
    const parts = outcomes.flatMap((outcome) =>
      counts && counts[outcome] > 0
        ? [t('changes.counted', { outcome: outcomeText(outcome), rows: number(counts[outcome]) })]
        : [],
    );
    const isDone = counts !== undefined && outcomes.every((one) => one === 'done' || counts[one] === 0);
    const left = result?.left ?? 0;
    const leftOut = left > 0 ? t('changes.leftOut', { count: left }) : null;
    return { text: joined(...parts, leftOut), bad: !isDone || left > 0 };
  },
  Result,
};
