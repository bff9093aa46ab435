/** True for the column of ticks, which is no field of a row. */
export const isGridsOwn = (id: string): boolean => id.startsWith('ag-Grid-');
