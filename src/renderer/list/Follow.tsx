import { IconPlayerPause } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorValue } from '../../shared/errors';
import { explain } from '../../shared/phrases';
import type { Query } from '../../shared/query';
import { commandOf } from '../commands/commands';
import { useAct } from '../commands/place';
import { phrases } from '../i18n';
import { CommandTool } from './Tool';
import styles from './Tool.module.css';

/** True of a view whose conditions or order are worked out here: each look at it reads its rows. */
export const isSearchedHere = ({ where, sort }: Query): boolean =>
  (where ?? []).length > 0 || sort !== undefined;

type Props = { isOn: boolean; isSearchedHere: boolean; onChange: (isOn: boolean) => void };

/** Shows what comes by itself, until it is pressed again. */
export const Follow = memo(({ isOn, isSearchedHere: isSlow, onChange }: Props) => {
  const { t } = useTranslation();
  const isRefused = isSlow && !isOn;
  useAct('follow', isRefused ? null : () => onChange(!isOn));
  return (
    <CommandTool
      of={commandOf('follow')}
      {...(isOn && { word: t('list.following'), icon: IconPlayerPause })}
      variant={isOn ? 'light' : 'default'}
      aria-pressed={isOn}
      disabled={isRefused}
      title={t(isSlow ? 'list.followNot' : isOn ? 'list.followStop' : 'list.followHint')}
    />
  );
});

/** New rows cannot be asked for: what is shown is as old as it says. */
export const FollowFailed = ({ error }: { error: ErrorValue }) => {
  const { t } = useTranslation();
  return (
    <span role="alert" className={styles.failed} data-testid="follow-failed">
      {t('list.followFailed', { why: explain(phrases, error).title })}
    </span>
  );
};
