import { Button, FileButton } from '@mantine/core';
import { IconFile, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shownText } from '../../shared/shown';
import styles from './Import.module.css';

type Props = {
  label: string;
  /** What may be chosen, as words. */
  hint: string;
  accept: string;
  /** What is chosen; null: nothing yet. */
  name: string | null;
  isPending: boolean;
  onChoose: (file: File) => void;
};

/** Takes a file: chosen, or dropped. */
export const FileChooser = ({ label, hint, accept, name, isPending, onChoose }: Props) => {
  const { t } = useTranslation();
  const [isOver, setOver] = useState(false);
  return (
    <section
      className={styles.chooser}
      data-over={isOver || undefined}
      aria-label={label}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const [file] = event.dataTransfer.files;
        if (file) onChoose(file);
      }}
    >
      {name !== null && (
        <strong className={styles.file}>
          <IconFile size={15} stroke={1.6} />
          {shownText(name, 80)}
        </strong>
      )}
      <FileButton
        accept={accept}
        onChange={(file) => file && onChoose(file)}
        inputProps={{ 'aria-label': label }}
      >
        {(props) => (
          <Button
            {...props}
            variant="default"
            leftSection={<IconUpload size={14} />}
            loading={isPending}
            {...(name === null ? { 'data-autofocus': true } : {})}
          >
            {t(name === null ? 'importing.choose' : 'importing.chooseOther')}
          </Button>
        )}
      </FileButton>
      <small>{hint}</small>
    </section>
  );
};
