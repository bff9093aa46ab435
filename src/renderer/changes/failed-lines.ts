import { downloadText } from '../common/download';

/** Hands over the lines of an import that failed; nothing where none did. */
export const saveFailed = ({ name, text, count }: { name: string; text: string; count: number }) => {
  if (count > 0) downloadText(name, name.endsWith('.csv') ? 'text/csv' : 'application/x-ndjson', text);
};
