/** True in `npm run test:full`: large sizes and both doors, for releases. */
export const isFull = process.env.LOGTO_DESK_FULL === '1';

/** A size of a test: the large one in a full run, else the smallest that proves the same. */
export const sized = (full: number, quick: number): number => (isFull ? full : quick);
