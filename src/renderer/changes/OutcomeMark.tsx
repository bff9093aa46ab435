import type { Outcome } from '../../shared/change/change';
import styles from './Journal.module.css';
import { outcomeText } from './words';

/** What came of a change, in its colour. */
export const OutcomeMark = ({ outcome }: { outcome: Outcome | 'open' }) => (
  <span className={styles.outcome} data-outcome={outcome}>
    {outcomeText(outcome)}
  </span>
);
