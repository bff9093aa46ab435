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
    export: 'Export',
    go: 'View: {{name}}',
  },
} as const;
