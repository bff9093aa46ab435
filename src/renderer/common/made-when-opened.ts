/**
 * For boxes of the bar above the rows: what they offer is made when it is opened, as of most of them nobody asks. In a popover or
 * a dialog a box keeps it: there Escape closes the box alone only while it does.
 */
export const madeWhenOpened = { keepMounted: false } as const;
