import { Button, type ButtonProps } from '@mantine/core';
import { useCallbackRef } from '@mantine/hooks';
import type { Icon as IconOf } from '@tabler/icons-react';
import { type ComponentPropsWithRef, memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Command } from '../commands/command';
import { useHere } from '../commands/place';
import styles from './Tool.module.css';

type Rest = Omit<ButtonProps & ComponentPropsWithRef<'button'>, 'children'>;

type Props = Rest & {
  /** What it does, as it is announced. */
  label: string;
  /** The word that stands beside the icon where the window has room for it. */
  word: string;
  icon: IconOf;
};

/** A button of the bar above the rows: an icon, in a wide window with its word. */
export const Tool = memo(({ label, word, icon: Icon, className, ...rest }: Props) => (
  <Button
    data-hint={rest['aria-expanded'] === true ? undefined : label}
    variant="default"
    className={`${styles.tool} ${className ?? ''}`}
    aria-label={label}
    {...rest}
  >
    <Icon size={15} />
    <span className={styles.word} aria-hidden>
      {word}
    </span>
  </Button>
));

/** The button of a command there; `word` and `icon`, where it says how things stand, too. */
export const CommandTool = memo(
  ({ of, ...rest }: Rest & Partial<Pick<Props, 'word' | 'icon'>> & { of: Command }) => {
    const { t } = useTranslation();
    const here = useHere();
    const label = of.label(t, here);
    const give = useCallbackRef(() => of.do(here));
    return <Tool label={label} word={label} icon={of.icon} data-command={of.id} onClick={give} {...rest} />;
  },
);
