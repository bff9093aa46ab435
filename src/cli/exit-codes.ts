/** How a command ended, as scripts read it. */
export const exitCodes = { done: 0, failed: 1, usage: 2, incomplete: 3, refused: 4, cancelled: 130 } as const;
