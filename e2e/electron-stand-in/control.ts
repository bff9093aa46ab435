/** What a test tells the stand-in, over the process's own channel. */
export type Order =
  | { order: 'save'; path: string | null }
  | { order: 'report' }
  | { order: 'screen-locks' }
  | { order: 'choose'; label: string }
  | { order: 'quit' };

/** What the stand-in tells the test. */
export type Report = {
  /** Addresses that were given to the system's browser. */
  opened: string[];
  /** Text in the clipboard, which is the stand-in's own: tests must not meet in the system's. */
  clipboard: string;
  /** Files shown in the system's file manager. */
  shown: string[];
  /** Roles of the application menu, submenus included. */
  menu: string[];
  /** What a page asked of a network past the app's own scheme; nothing ever answered it. */
  outside: string[];
};
export type News = { news: 'ready'; endpoint: string } | { news: 'report'; report: Report };

/** What happened so far. */
export const report: Report = { opened: [], clipboard: '', shown: [], menu: [], outside: [] };

const saves: (string | null)[] = [];

/** The path that the test chose for the next save dialog, or null for a cancelled one. */
export const nextSave = (): string | null => {
  if (saves.length === 0) throw new Error('The app asks for a place to save, and the test named none');
  return saves.shift() ?? null;
};

export const tell = (news: News) => process.send?.(news);

/** Obeys the test until the process ends; a lost channel ends it. */
export const obey = (others: { quit(): void; screenLocks(): void; choose(label: string): void }) => {
  process.on('message', (message) => {
    const order = message as Order;
    if (order.order === 'save') saves.push(order.path);
    if (order.order === 'report') tell({ news: 'report', report });
    if (order.order === 'screen-locks') others.screenLocks();
    if (order.order === 'choose') others.choose(order.label);
    if (order.order === 'quit') others.quit();
  });
  process.once('disconnect', () => others.quit());
};
