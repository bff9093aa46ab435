import type { Resource } from './resource.ts';

export const userSessions = {
  id: 'user-sessions',
  path: '/api/users/{userId}/sessions',
  parent: { resource: 'users', segment: 'sessions' },
  rowId: 'payload.uid',
  labels: ['payload.uid'],
  columns: [
    { id: 'payload.loginTs', kind: 'seconds', width: 165 },
    { id: 'lastSubmission.interactionEvent', kind: 'text', width: 140, words: 'interaction' },
    { id: 'clientId', kind: 'id', ref: 'applications', width: 190 },
    { id: 'expiresAt', kind: 'time', width: 165 },
    { id: 'payload.uid', kind: 'id', width: 220 },
    { id: 'payload.authorizations', kind: 'json', width: 300, hidden: true },
  ],
  filters: [],
  paging: 'never',
  rowsAt: 'sessions',
  optional: true,
  // Only what is known to be no credential: the rest belongs to the browser that signed in.
  secrets: [
    {
      path: 'payload',
      shows: [
        'uid',
        'loginTs',
        'exp',
        'iat',
        'kind',
        'accountId',
        'acr',
        'amr',
        'persistsLogout',
        'transient',
      ],
    },
    {
      path: 'lastSubmission',
      shows: ['interactionEvent', 'userId', 'id', 'type', 'verified', 'connectorId', 'createdAt'],
    },
  ],
  related: [],
} as const satisfies Resource;
