/** Jobs, and their kinds. */
export const jobs = {
  jobs: {
    title: 'Jobs',
    underWay: 'Running',
    ended: 'Ended',
    none: 'No jobs yet. Exports, offline copies, snapshots, dossiers, and changes are listed here.',
    kept: 'The newest 50 ended jobs stay listed after a restart.',
    alsoEnded_one: '{{count}} more ended',
    alsoEnded_other: '{{count}} more ended',
    running_one: '{{count}} job',
    running_other: '{{count}} jobs',
    part: 'list {{number}} of {{of}}',
    started: 'started {{time}}',
    took: 'took {{time}}',
    complete: 'Complete',
    notComplete: 'Not complete',
    notProvable: 'Not provable',
    journal: 'Show in the journal',
    tried: '{{rows}} of {{total}} changes were tried.',
    pageTitle: '● {{said}} · Logto Desk',
    finished: '{{kind}} finished',
    failed: '{{kind}} failed',
    /** Each kind of job: what it is called, and what is said of one that was canceled. */
    kinds: {
      export: { name: 'Export', cancelled: 'Canceled; nothing was saved.' },
      folder: { name: 'Export to a folder', cancelled: 'Canceled; finished files are kept.' },
      copy: { name: 'Offline copy', cancelled: 'Canceled; what was read is kept.' },
      snapshot: { name: 'Snapshot', cancelled: 'Canceled; nothing was saved.' },
      changes: { name: 'Changes', cancelled: 'Canceled; changes already made stay.' },
      dossier: { name: 'Dossier', cancelled: 'Canceled; nothing was saved.' },
    },
  },
} as const;
