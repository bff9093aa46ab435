/** The steps of a connection test, in their order. */
export const connectionSteps = [
  'name',
  'connection',
  'token',
  'credentials',
  'scope',
  'page',
  'capabilities',
] as const;
export type ConnectionStepId = (typeof connectionSteps)[number];
