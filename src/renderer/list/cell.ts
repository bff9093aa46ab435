import type { ICellRendererComp, ICellRendererParams } from 'ag-grid-community';
import type { Column } from '../../shared/catalog';
import { singularOf } from '../../shared/phrases/catalog-words';
import { eventInWords } from '../../shared/phrases/event-words';
import { relativeText } from '../../shared/relative-time';
import { knownOf, type Row, unreadableOf, valueAt } from '../../shared/row';
import { anyText, shownText } from '../../shared/shown';
import { nameOf, onNames } from '../common/names';
import { isTime, outcomeOf, textOf, wordsOf } from '../common/values';
import values from '../common/values.module.css';
import { clock, moment, number, phrases } from '../i18n';
import { isJoining } from '../rows/joins';
import { chosenTimes } from '../state/times';
import { openQuery } from '../state/workspace';
import styles from './cell.module.css';

/** What a cell shows where text is all of it. The column's header names the zone of its times. */
export const cellText = (column: Column, row: Row): string => {
  // An empty cell says that there is none: of who belongs to what, only a copy of it can say that.
  if (knownOf(row, column) === 'joined') return isJoining(row) ? '' : phrases.t('row.notCopied');
  const value = valueAt(row, column.id);
  if (typeof value === 'object' && value !== null && Object.keys(value).length === 0) return '';
  if (column.kind === 'number' && typeof value === 'number') return number(value);
  const at = momentIn(column, value);
  if (at !== null)
    return chosenTimes() === 'relative' ? relativeText(at, Date.now(), phrases.language) : clock(at);
  return shownText(wordsOf(column, value) ?? textOf(column, row));
};

/** A moment of a column of times, unix ms; null for any other value. */
const momentIn = (column: Column, value: unknown): number | null =>
  isTime(column) && typeof value === 'number' ? (column.kind === 'seconds' ? value * 1000 : value) : null;

/**
 * What somebody learns who rests on a cell: of a time, its date and how far it is; of an event, what it means; of a long
 * text, all of it.
 */
export const cellHint = (column: Column, row: Row): string | null => {
  const at = momentIn(column, valueAt(row, column.id));
  if (at !== null) return `${moment(at)} · ${relativeText(at, Date.now(), phrases.language)}`;
  const text = textOf(column, row);
  if (column.kind === 'event' && text !== '') {
    const words = eventInWords(phrases.t, text);
    return shownText(words === text ? text : `${words} · ${text}`, 500);
  }
  return !column.words && text.length > 12 ? shownText(text, 500) : null;
};

/** True where a value is more than text: it leads somewhere, or has a mark. */
export const isDrawn = ({ kind, ref, words }: Column): boolean =>
  ref !== undefined || words !== undefined || kind === 'boolean' || kind === 'outcome';

type Params = ICellRendererParams<Row> & { column: Column; context: { profile: string } };

const element = (tag: string, className: string | undefined, text: string) => {
  const made = document.createElement(tag);
  made.className = className ?? '';
  made.textContent = text;
  return made;
};

/** A way to the page of the row that an id names; it shows the name once that is known. */
const link = ({ context: { profile } }: Params, ref: string, id: string) => {
  const made = element('button', styles.link, '');
  made.tabIndex = -1;
  made.addEventListener('click', (event) => {
    event.stopPropagation();
    openQuery({ profile, resource: ref, filters: {} }, id);
  });
  const mono = element('span', values.mono, shownText(id));
  let shown: string | null | undefined;
  const fill = () => {
    const name = nameOf(profile, ref, id);
    if (name === shown) return;
    shown = name;
    made.replaceChildren(name ? shownText(name, 200) : mono);
    if (name) made.title = shownText(id);
    made.setAttribute(
      'aria-label',
      phrases.t('row.openRow', { name: `${singularOf(phrases.t, ref)} ${shownText(name ?? id, 300)}` }),
    );
  };
  fill();
  return { made, stop: onNames(fill) };
};

/** Yes, or a quiet dash: what is so stands out among what is not. */
const yesOrNot = (value: boolean) => (value ? phrases.t('common.yes') : element('span', values.unknown, '–'));

const outcome = (value: unknown) => {
  const { good, text } = outcomeOf(value);
  const made = element('span', values.outcome, text);
  made.title = shownText(anyText(value));
  if (good) made.dataset.good = 'true';
  return made;
};

/** A cell with more than text in it, without React: a grid that scrolls makes some hundred of them a second. */
export class Cell implements ICellRendererComp<Row> {
  readonly #gui = document.createElement('span');
  #stop = () => {};

  init(params: Params) {
    this.#draw(params);
  }

  getGui() {
    return this.#gui;
  }

  refresh(params: Params) {
    this.#draw(params);
    return true;
  }

  destroy() {
    this.#stop();
  }

  #draw(params: Params) {
    this.#stop();
    this.#stop = () => {};
    const { data, column } = params;
    this.#gui.replaceChildren(...(data ? this.#parts(params, column, data) : []));
  }

  #parts(params: Params, column: Column, row: Row): (Node | string)[] {
    const value = valueAt(row, column.id);
    const text = params.valueFormatted ?? '';
    if (unreadableOf(row) !== null || knownOf(row, column) === 'joined') return [text];
    if (column.ref && typeof value === 'string' && value !== '') {
      const { made, stop } = link(params, column.ref, value);
      this.#stop = stop;
      return [made];
    }
    if (column.kind === 'boolean' && typeof value === 'boolean') return [yesOrNot(value)];
    if (column.kind === 'outcome' && value) return [outcome(value)];
    if (column.words && value) {
      const made = element('span', undefined, text);
      made.title = shownText(textOf(column, row));
      return [made];
    }
    return [text];
  }
}
