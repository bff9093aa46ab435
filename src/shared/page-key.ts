/** The header by which our own page shows the browser door that it is ours. */
export const pageKeyHeader = 'x-logto-desk-key';

/** Where the page keeps its key in `sessionStorage`, which a browser holds apart by origin, port included. */
export const pageKeyItem = 'logto-desk-key';
