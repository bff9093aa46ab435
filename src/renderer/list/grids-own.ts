/** True for the column of ticks, which is not a field of a row. */
export const isGridsOwn = (id: string): boolean => id.startsWith('ag-Grid-');
