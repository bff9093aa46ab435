import { IconAlertTriangle, IconCircleCheck, IconX } from '@tabler/icons-react';
import type { ShownJob } from '../state/jobs';
import styles from './JobMark.module.css';

/** What an ended job came to, as a sign. `bad`: somebody has to look at it. */
export const JobMark = ({ state, bad, size }: { state: ShownJob['state']; bad: boolean; size: number }) => {
  if (bad) return <IconAlertTriangle size={size} className={styles.bad} />;
  if (state === 'done') return <IconCircleCheck size={size} className={styles.good} />;
  return <IconX size={size} />;
};
