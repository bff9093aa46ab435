/** Rows of a page of what is asked of the core. */
export const pageRows = 200;

/** Rows (from 0, the last one not in it) that are drawn for a scroll place, with some on both sides. */
export const drawnRows = (
  { top, height }: { top: number; height: number },
  rowHeight: number,
  total: number,
  beside = 8,
): { from: number; to: number } => {
  const from = Math.max(0, Math.floor(top / rowHeight) - beside);
  const to = Math.min(total, Math.ceil((top + height) / rowHeight) + beside);
  return { from: Math.min(from, to), to };
};

/** Pages that rows are in. */
export const pagesOf = ({ from, to }: { from: number; to: number }): number[] => {
  if (to <= from) return [];
  const [first, last] = [Math.floor(from / pageRows), Math.floor((to - 1) / pageRows)];
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
};
