import { notifications } from '@mantine/notifications';
import { linkOf, longestLink } from '../../shared/deep-link';
import type { Query } from '../../shared/query';
import { phrases } from '../i18n';
import { showViews } from '../state/dialogs';
import { copyText } from './clipboard';

const closeButtonProps = () => ({ 'aria-label': phrases.t('common.close') });

/** Copies text, and says so. */
export const copyAndSay = (text: string, sensitive = false, message: string = phrases.t('common.copied')) =>
  copyText(text, sensitive).then(() =>
    notifications.show({ message, autoClose: 1_500, closeButtonProps: closeButtonProps() }),
  );

/** Copies the link to a view. Who gets a longer link is refused: the view goes along as a file then. */
export const copyLink = (query: Query) => {
  const link = linkOf(query);
  if (link.length <= longestLink) return void copyAndSay(link);
  notifications.show({
    color: 'yellow',
    title: phrases.t('list.longLink'),
    message: phrases.t('list.longLinkNext'),
    closeButtonProps: closeButtonProps(),
  });
  showViews(query);
};
