import { api } from '../link/api';
import type { ShownJob } from '../state/jobs';

type Downloaded = Pick<ShownJob, 'id' | 'makes' | 'fileName'>;

/** A folder comes as one file. */
const downloadName = ({ makes, fileName }: Downloaded) => (makes === 'folder' ? `${fileName}.zip` : fileName);

/** Starts a download without leaving the page. */
export const download = async (job: Downloaded, what: 'file' | 'manifest' = 'file') => {
  const url = await api.jobs.download.mutate({ id: job.id, what });
  if (!url) return;
  const link = document.createElement('a');
  link.href = url;
  link.download = what === 'file' ? downloadName(job) : `${job.fileName}.manifest.json`;
  link.click();
};
