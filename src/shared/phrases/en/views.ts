/** Saved views. */
export const views = {
  views: {
    title: 'Saved views',
    open: 'Saved views…',
    save: 'Save this view as',
    name: 'Name of the view',
    none: 'No saved views yet.',
    remove: 'Remove {{name}}',
    import: 'Import…',
    expression: 'This file searches with a regular expression, which can keep a server busy for a long time.',
    care: 'Import these views only if you trust their source:',
    importAnyway: 'Import anyway',
    export: 'Export',
    go: 'View: {{name}}',
  },
} as const;
