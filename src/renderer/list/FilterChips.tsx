import { Button, CloseButton, Popover, UnstyledButton } from '@mantine/core';
import { IconDeviceDesktopSearch, IconPlus, IconServer2 } from '@tabler/icons-react';
import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../../shared/catalog';
import type { Query } from '../../shared/query';
import type { Row } from '../../shared/row';
import { commandOf } from '../commands/commands';
import { useAct, useHere } from '../commands/place';
import { closesUppermost } from '../common/above';
import { type Chip, chipsOf, type Narrowing, withCondition, without } from '../search/chips';
import { ConditionEditor } from './ConditionEditor';
import styles from './FilterChips.module.css';
import { useChipsInWords } from './local-words';

type Props = {
  query: Query;
  resource: Resource;
  /** The mirror answers, for all rows; else rows are read and looked through. */
  mirrored: boolean;
  loadedRows: () => Row[];
  onChange: (narrowing: Narrowing) => void;
};

/** Keys that take a chip away. */
const removingKeys = ['Backspace', 'Delete'];

/** How many of the children stand in the first line of an element that wraps them; the others are out of sight. */
const useFitting = (place: RefObject<HTMLElement | null>, key: string): number => {
  const [fitting, setFitting] = useState(Number.MAX_SAFE_INTEGER);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for what is in it
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    const measure = () => {
      const items = [...element.children].filter((child) => child instanceof HTMLElement);
      const below = items.findIndex((item) => item.offsetTop > (items[0]?.offsetTop ?? 0) + 4);
      setFitting(below < 0 ? items.length : below);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [place, key]);
  return fitting;
};

/** A popover that Escape closes, but not where it closes a list or a calendar in it. */
const Dropping = ({
  opened,
  onClose,
  target,
  width = 360,
  children,
}: {
  opened: boolean;
  onClose: () => void;
  target: ReactNode;
  width?: number;
  children: ReactNode;
}) => (
  <Popover
    opened={opened}
    onDismiss={onClose}
    position="bottom-start"
    width={width}
    shadow="md"
    trapFocus
    returnFocus
    withRoles={false}
    closeOnEscape={false}
  >
    <Popover.Target>{target}</Popover.Target>
    <Popover.Dropdown onKeyDownCapture={closesUppermost(onClose)}>{opened && children}</Popover.Dropdown>
  </Popover>
);

/** What a view is narrowed to, one chip for each condition; those that do not fit are behind the number of them. */
export const FilterChips = ({ query, resource, mirrored, loadedRows, onChange }: Props) => {
  const { t } = useTranslation();
  const chips = chipsOf(resource, query);
  const said = useChipsInWords(query, resource, chips);
  const place = useRef<HTMLDivElement>(null);
  const add = useRef<HTMLButtonElement>(null);
  const fitting = useFitting(place, said.join('\n'));
  // A chip is edited, by its place; a new one is added; the rest is looked at; or nothing is opened.
  const [opened, setOpened] = useState<number | 'add' | 'rest' | null>(null);
  const [column, setColumn] = useState<string | null>(null);
  const close = () => setOpened(null);
  const filter = commandOf('filter');
  const here = useHere();
  useAct('filter', (by) => {
    setColumn(by ?? null);
    setOpened(opened === 'add' ? null : 'add');
  });
  /** Where the focus goes after a chip is gone. */
  const next = useRef<number | null>(null);
  useEffect(() => {
    if (next.current === null) return;
    const buttons = place.current?.querySelectorAll<HTMLElement>('[data-chip]') ?? [];
    const at = Math.min(next.current, buttons.length - 1);
    next.current = null;
    (at >= 0 && at < fitting ? buttons[at] : add.current)?.focus();
  });
  const remove = (chip: Chip, at: number) => {
    next.current = at;
    close();
    onChange(without(resource, query, chip));
  };
  const editor = (chip: Chip | null, at: number) => (
    <ConditionEditor
      profile={query.profile}
      resource={resource}
      given={chip ?? { field: column }}
      mirrored={mirrored}
      loadedRows={loadedRows}
      onApply={(entered) => {
        close();
        onChange(withCondition(resource, query, entered, chip));
      }}
      onRemove={chip && (() => remove(chip, at))}
    />
  );
  const markOf = ({ asked }: Chip) => t(asked ? 'local.asked' : mirrored ? 'local.copied' : 'local.here');
  const drawn = (chip: Chip, at: number) => {
    const text = said[at] ?? '';
    const Mark = chip.asked ? IconServer2 : IconDeviceDesktopSearch;
    return (
      <>
        <UnstyledButton
          data-hint={opened !== null ? undefined : `${text} · ${markOf(chip)}`}
          className={styles.open ?? ''}
          data-chip
          aria-label={`${text} · ${markOf(chip)}`}
          aria-haspopup="dialog"
          aria-expanded={opened === at}
          aria-keyshortcuts={removingKeys.join(' ')}
          onClick={() => setOpened(opened === at ? null : at)}
          onKeyDown={({ key }) => removingKeys.includes(key) && remove(chip, at)}
        >
          <Mark size={13} className={styles.mark ?? ''} aria-hidden />
          <span className={styles.text}>{text}</span>
        </UnstyledButton>
        <CloseButton
          size="xs"
          aria-label={t('local.remove', { condition: text })}
          onClick={() => remove(chip, at)}
        />
      </>
    );
  };
  const isHidden = (at: number) => at >= fitting;
  const rest = chips.length - Math.min(fitting, chips.length);
  const restIsEdited = typeof opened === 'number' && isHidden(opened);
  const edited = typeof opened === 'number' ? chips[opened] : undefined;
  return (
    // biome-ignore lint/a11y/useSemanticElements: fieldset brings a border and a legend
    <div
      className={styles.bar}
      role="group"
      aria-label={t('local.title')}
      data-filled={chips.length > 0 || undefined}
    >
      {chips.length > 0 && (
        <div className={styles.chips} ref={place}>
          {chips.map((chip, at) => (
            <Dropping
              // Conditions have no identity but their place.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              key={at}
              opened={opened === at && !isHidden(at)}
              onClose={close}
              target={
                <span
                  className={styles.chip}
                  data-testid="chip"
                  data-asked={chip.asked}
                  data-hidden={isHidden(at) || undefined}
                >
                  {drawn(chip, at)}
                </span>
              }
            >
              {editor(chip, at)}
            </Dropping>
          ))}
        </div>
      )}
      {rest > 0 && (
        <Dropping
          opened={opened === 'rest' || restIsEdited}
          onClose={close}
          target={
            <Button
              className={styles.rest ?? ''}
              size="compact-xs"
              variant="default"
              aria-label={t('local.more', { count: rest })}
              onClick={() => setOpened(opened === 'rest' ? null : 'rest')}
            >
              {`+${rest}`}
            </Button>
          }
        >
          {edited && restIsEdited ? (
            editor(edited, opened)
          ) : (
            <div className={styles.list}>
              {chips.map((chip, at) =>
                isHidden(at) ? (
                  // biome-ignore lint/suspicious/noArrayIndexKey: see above
                  <span key={at} className={styles.chip} data-testid="chip" data-asked={chip.asked}>
                    {drawn(chip, at)}
                  </span>
                ) : null,
              )}
            </div>
          )}
        </Dropping>
      )}
      <Dropping
        opened={opened === 'add'}
        onClose={close}
        target={
          <Button
            ref={add}
            className={styles.add ?? ''}
            variant="subtle"
            aria-label={filter.label(t, here)}
            data-command={filter.id}
            aria-expanded={opened === 'add'}
            onClick={() => filter.do(here)}
          >
            <IconPlus size={14} aria-hidden />
            <span className={styles.word}>{filter.label(t, here)}</span>
          </Button>
        }
      >
        {editor(null, chips.length)}
      </Dropping>
    </div>
  );
};
