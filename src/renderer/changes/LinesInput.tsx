import { ActionIcon, Button } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Form.module.css';

type Props<Line> = {
  label: string;
  lines: readonly Line[];
  /** What a line begins with when one is added. */
  empty: Line;
  /** What the button that adds one says. */
  add: string;
  className: string | undefined;
  /** What a line is entered with; `set` changes a part of it. */
  children: (line: Line, set: (part: Partial<Line>) => void) => ReactNode;
  onChange: (lines: readonly Line[]) => void;
};

/** Lines of the same fields, added and removed one by one. */
export const LinesInput = <Line extends object>({
  label,
  lines,
  empty,
  add,
  className,
  children,
  onChange,
}: Props<Line>) => {
  const { t } = useTranslation();
  const set = (at: number, part: Partial<Line>) =>
    onChange(lines.map((line, place) => (place === at ? { ...line, ...part } : line)));
  return (
    <fieldset className={styles.parts} aria-label={label}>
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line has nothing else to be told by
        <div key={at} className={className}>
          {children(line, (part) => set(at, part))}
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={t('changing.removePart')}
            onClick={() => onChange(lines.filter((_, place) => place !== at))}
          >
            <IconX size={13} />
          </ActionIcon>
        </div>
      ))}
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconPlus size={12} />}
        onClick={() => onChange([...lines, empty])}
      >
        {add}
      </Button>
    </fieldset>
  );
};
