import { getDefaultZIndex, Modal } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryOf, urlOf } from '../../shared/query';
import { usePlace } from '../commands/place';
import { useLayer } from '../common/Dialog';
import { isEnter } from '../common/keys';
import { resting } from '../common/resting';
import { askAhead } from '../state/ask-ahead';
import { closePalette, takeEarly, usePalette } from '../state/palette';
import { useProfiles } from '../state/profiles';
import { goingThere } from './going-there';
import { pressing } from './means-list';
import styles from './Palette.module.css';
import { fitting, type Item, weights } from './palette-items';
import { objectItems, useKnown, useRecent } from './palette-lines';
import { useSearched } from './palette-search';

const pausing = resting();

/** Lines that a page key moves by. */
const pageOfLines = 8;

/** A label with what was typed in bold. */
const Marked = ({ text, typed }: { text: string; typed: string }) => {
  const looked = typed.trim().toLowerCase();
  const at = looked ? text.toLowerCase().indexOf(looked) : -1;
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <b>{text.slice(at, at + looked.length)}</b>
      {text.slice(at + looked.length)}
    </>
  );
};

/** The box and its lines, from when it is asked for until something is chosen. */
const Box = ({ onChoose }: { onChoose: (item: Item, keep: boolean) => void }) => {
  const { t } = useTranslation();
  const { profiles } = useProfiles();
  const place = usePlace();
  const [typed, setTyped] = useState('');
  // By hand: chosen with an arrow or the pointer. Else it is the first line, whatever comes above what was first.
  const [chosen, setChosen] = useState<string | null>(null);
  const [waits, setWaits] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const name = useId();
  const only = profiles.length === 1 ? profiles[0] : undefined;
  const front = profiles.find(({ id }) => id === place.tenant?.id) ?? only ?? null;
  const searched = useSearched(typed, front, profiles);
  const known = useKnown(profiles, front);
  const recent = useRecent(profiles);
  const isEmpty = typed.trim() === '';
  const items = isEmpty
    ? [...recent, ...known.filter(({ weight }) => weight !== weights.otherList)]
    : fitting(typed, [...known, ...objectItems({ typed, front, profiles }, searched)]);
  const at = Math.max(
    0,
    items.findIndex(({ id }) => id === chosen),
  );
  const current = items[at];

  useLayoutEffect(() => {
    input.current?.focus();
    const { early, enters } = takeEarly();
    setTyped(early);
    setWaits(enters);
  }, []);
  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });
  // A list that is chosen for long enough is meant; the line that an empty box begins with was chosen by nobody.
  const meant = current?.opens && (!isEmpty || chosen !== null) ? urlOf(current.opens) : null;
  const by = chosen === null ? 'typing' : 'rest';
  useEffect(() => {
    if (meant !== null) pausing.rest(() => askAhead(queryOf(meant), by));
    return pausing.leave;
  }, [meant, by]);
  // Enter before anything was found goes to the first that is.
  useLayoutEffect(() => {
    if (!waits || searched.searching) return;
    setWaits(false);
    if (current) onChoose(current, false);
  });

  const step = (by: number) => {
    const to = Math.min(items.length - 1, Math.max(0, at + by));
    const wraps = Math.abs(by) === 1 && to === at;
    setChosen(items[wraps ? (by > 0 ? 0 : items.length - 1) : to]?.id ?? null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: pageOfLines, PageUp: -pageOfLines }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      step(by);
    } else if (isEnter(event)) {
      event.preventDefault();
      if (current) onChoose(current, event.ctrlKey || event.metaKey);
      else if (searched.searching) setWaits(true);
    }
  };
  const said = () => {
    if (searched.searching)
      return front ? t('palette.searching', { tenant: front.name }) : t('palette.searchingCopies');
    if (items.length > 0) return isEmpty ? '' : t('palette.results', { count: items.length });
    return searched.isWhole ? t('palette.nothing') : t('palette.nothingSearched');
  };
  const heading = (index: number): string | null => {
    if (!isEmpty) return null;
    if (index === 0 && recent.length > 0) return t('palette.recent');
    return index === recent.length ? t('palette.goTo') : null;
  };
  return (
    <>
      <div className={styles.search}>
        <IconSearch size={16} />
        <input
          ref={input}
          data-autofocus
          role="combobox"
          aria-expanded
          aria-autocomplete="list"
          aria-controls={name}
          aria-activedescendant={current ? `${name}-${at}` : undefined}
          aria-label={t('palette.placeholder')}
          placeholder={t('palette.placeholder')}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setChosen(null);
            setWaits(false);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div ref={list} id={name} role="listbox" aria-label={t('palette.open')} className={styles.list}>
        {items.map((item, index) => (
          <div key={item.id} role="presentation">
            {heading(index) && <div className={styles.heading}>{heading(index)}</div>}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are the box's */}
            <div
              id={`${name}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              data-item={item.id}
              className={styles.item}
              onMouseMove={() => index !== at && setChosen(item.id)}
              onPointerDown={item.opens && pressing(item.opens)}
              onClick={(event) => onChoose(item, event.ctrlKey || event.metaKey)}
            >
              {item.icon}
              <span className={styles.label}>
                <Marked text={item.label} typed={typed} />
              </span>
              <span className={styles.detail}>
                <Marked text={item.detail} typed={typed} />
              </span>
              {item.keys && <kbd className={styles.keys}>{item.keys}</kbd>}
            </div>
          </div>
        ))}
      </div>
      <div className={styles.foot} role="status">
        <span>{said()}</span>
        {searched.notes.map((note) => (
          <span key={note}>{note}</span>
        ))}
      </div>
    </>
  );
};

/**
 * Everything by typing: tenants, their lists, commands, objects of the tenant in front as its server has them, and any row
 * of an offline copy.
 */
export const Palette = () => {
  const { t } = useTranslation();
  const opened = usePalette((state) => state.opened);
  const before = useRef<Element | null>(null);
  if (!opened) before.current = null;
  else before.current ??= document.activeElement;
  /** Closes it, with the focus where it was: what is done next may put it elsewhere. */
  const leave = () => {
    closePalette();
    const { current } = before;
    before.current = null;
    if (current instanceof HTMLElement) current.focus();
  };
  useLayer(opened, leave);
  return (
    <Modal.Root
      opened={opened}
      onClose={leave}
      closeOnEscape={false}
      size={680}
      yOffset="11vh"
      // What is unfolded elsewhere stays as it is, below.
      zIndex={getDefaultZIndex('max') - 1}
      returnFocus={false}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay />
      <Modal.Content aria-label={t('palette.open')}>
        {opened && (
          <Box
            onChoose={(item, keep) => {
              leave();
              goingThere(() => item.act(keep), item.isCommand ? 'new' : 'always');
            }}
          />
        )}
      </Modal.Content>
    </Modal.Root>
  );
};
