/** The list that is none of the server's: long work, under way and ended, of every tenant. */
export const jobsList = 'jobs';
