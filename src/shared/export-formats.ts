/** Formats that a view can be exported in. */
export const exportFormats = ['csv', 'xlsx', 'ndjson', 'json', 'parquet'] as const;
export type ExportFormat = (typeof exportFormats)[number];
