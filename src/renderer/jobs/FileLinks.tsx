import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api } from '../link/api';
import type { ShownJob } from '../state/jobs';
import { download } from './download';

/** Ways to a finished file. */
export const FileLinks = ({ job, reveals }: { job: ShownJob; reveals: boolean }) => {
  const { t } = useTranslation();
  return (
    <>
      {job.downloads && (
        <Anchor component="button" fz="xs" ta="left" onClick={() => void download(job)}>
          {t(job.makes === 'folder' ? 'folder.download' : 'exports.download')}
        </Anchor>
      )}
      {reveals && (
        <Anchor
          component="button"
          fz="xs"
          ta="left"
          onClick={() => void api.jobs.reveal.mutate({ id: job.id })}
        >
          {t('exports.show')}
        </Anchor>
      )}
    </>
  );
};
