import { createGrid, type GridApi, type GridOptions } from 'ag-grid-community';
import type { Row } from '../../shared/row';
import { atRest } from '../common/at-rest';
import styles from './Grid.module.css';

/** A grid and the element that holds it, which goes wherever the grid is shown. */
type Made = { element: HTMLElement; api: GridApi<Row> };

let spare: Made | null = null;
let isMaking = false;

const elementIn = (place: HTMLElement): HTMLElement => {
  const element = document.createElement('div');
  element.className = styles.grid ?? '';
  place.append(element);
  return element;
};

/** Makes a grid that nobody sees, as large as those that are seen: it measures itself. */
const make = (options: GridOptions<Row>, { width, height }: DOMRect) => {
  const place = document.createElement('div');
  place.className = styles.spare ?? '';
  place.inert = true;
  place.style.width = `${width}px`;
  place.style.height = `${height}px`;
  document.body.append(place);
  const element = elementIn(place);
  spare = { element, api: createGrid<Row>(element, { ...options, columnDefs: [] }) };
};

/** Has a grid ready for the next list: half of what it takes to make one is the same for all of them. */
const makeAtRest = (options: GridOptions<Row>, place: HTMLElement) => {
  if (isMaking || spare) return;
  isMaking = true;
  atRest(() => {
    isMaking = false;
    const size = place.getBoundingClientRect();
    // Of a list that was left meanwhile nobody knows the size.
    if (size.width > 0 && !spare) make(options, size);
  });
};

/**
 * A grid in its place: the one that was made at rest, given its columns, or a new one.
 *
 * @param options What every grid has, whatever it shows.
 * @param own What it shows. What can only be said of a new grid (`initialState`) makes one.
 */
export const gridIn = (
  place: HTMLElement,
  options: GridOptions<Row>,
  own: GridOptions<Row>,
): GridApi<Row> => {
  const taken = own.initialState ? null : spare;
  if (taken) spare = null;
  makeAtRest(options, place);
  if (!taken) return createGrid<Row>(elementIn(place), { ...options, ...own });
  const { element, api } = taken;
  const before = element.parentElement;
  place.append(element);
  before?.remove();
  const { theme, rowHeight } = options;
  api.updateGridOptions({ ...own, ...(theme !== api.getGridOption('theme') && { theme, rowHeight }) });
  return api;
};
