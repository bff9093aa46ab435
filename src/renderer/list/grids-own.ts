/** True for the column of ticks, which is no field of a row. */
export const isGridsOwn = (id: string): boolean => id.startsWith('ag-Grid-');

/** The bar beside a grid's rows, which has a scroll place of its own. */
export const scrollBar = '.ag-body-vertical-scroll-viewport';
