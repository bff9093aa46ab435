import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Command, Place } from '../commands/command';
import { commands } from '../commands/commands';
import { usePlace } from '../commands/place';
import { Dialog } from '../common/Dialog';
import { keysOf } from '../common/keys';
import { closeDialogs, useDialogs } from '../state/dialogs';
import styles from './KeysDialog.module.css';

/** Keys that belong to a part of the window, not to a command. */
const ofGrid = [
  ['arrows', '↑ ↓ ← →'],
  ['pages', '⇞ ⇟ ⇱ ⇲'],
  ['open', 'Enter'],
  ['close', 'Esc'],
  ['select', 'Space'],
  ['selectMore', `${keysOf('shift+ArrowDown').shown} ↑`],
  ['copy', keysOf('mod+C').shown],
  ['menu', keysOf('shift+F10').shown],
] as const;
const ofWindow = [['ownTab', keysOf('mod+Enter').shown]] as const;

type Line = { label: string; shown: string };

/** The keys of commands, and what each does. */
export const keyLines = (all: readonly Command[], t: TFunction, place: Place): Line[] =>
  all.flatMap(({ label, key }) => (key ? [{ label: label(t, place), shown: key.shown }] : []));

const Keys = ({ title, lines }: { title: string; lines: readonly Line[] }) => (
  <section className={styles.group}>
    <h3>{title}</h3>
    <dl>
      {lines.map(({ label, shown }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <kbd>{shown}</kbd>
          </dd>
        </div>
      ))}
    </dl>
  </section>
);

/** All keys. */
export const KeysDialog = () => {
  const { t } = useTranslation();
  const opened = useDialogs((state) => state.keys !== null);
  const place = usePlace();
  return (
    <Dialog
      opened={opened}
      onClose={closeDialogs}
      size={760}
      title={t('keys.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <div className={styles.all}>
        <Keys
          title={t('keys.everywhere')}
          lines={[
            ...keyLines(commands, t, place),
            ...ofWindow.map(([id, shown]) => ({ label: t(`keys.${id}`), shown })),
          ]}
        />
        <Keys
          title={t('keys.grid')}
          lines={ofGrid.map(([id, shown]) => ({ label: t(`keys.${id}`), shown }))}
        />
      </div>
    </Dialog>
  );
};
