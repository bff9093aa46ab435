import { Button, type ButtonProps } from '@mantine/core';
import type { Icon as IconOf } from '@tabler/icons-react';
import { type ComponentPropsWithRef, memo } from 'react';
import type { Act } from '../state/front';
import styles from './Tool.module.css';

type Props = Omit<ButtonProps & ComponentPropsWithRef<'button'>, 'children'> & {
  /** What it does, as it is announced. */
  label: string;
  /** The word that stands beside the icon where the window has room for it. */
  word: string;
  icon: IconOf;
  act?: Act;
};

/** A button of the bar above the rows: an icon, in a wide window with its word. */
export const Tool = memo(({ label, word, icon: Icon, act, className, ...rest }: Props) => (
  <Button
    data-hint={rest['aria-expanded'] === true ? undefined : label}
    variant="default"
    className={`${styles.tool} ${className ?? ''}`}
    aria-label={label}
    data-act={act}
    {...rest}
  >
    <Icon size={15} />
    <span className={styles.word} aria-hidden>
      {word}
    </span>
  </Button>
));
