import {
  IconBookmark,
  IconChartBar,
  IconColumns3,
  IconDownload,
  IconFilter,
  IconLink,
  IconPlayerPlay,
  IconRefresh,
  IconSearch,
} from '@tabler/icons-react';
import { columnTitle } from '../../shared/phrases/catalog-words';
import type { Query } from '../../shared/query';
import { shownText } from '../../shared/shown';
import { copyLink } from '../common/copy-link';
import { keysOf } from '../common/keys';
import { showViews } from '../state/dialogs';
import { type Act, actOf, shownIn } from '../state/front';
import { type Command, forTab, type Place } from './command';

/** What the view itself does: it says so with `useAct`. */
const asking = (act: Act) => ({
  when: ({ tab }: Place) => actOf(tab, act) !== undefined,
  do: ({ tab, column }: Place) => actOf(tab, act)?.(column),
});

/** What is taken elsewhere of a view. */
const taking = (act: (query: Query) => void) =>
  forTab((tab) => {
    const query = shownIn(tab);
    if (query) act(query);
  });

/** What is done with a view. */
export const viewCommands = [
  {
    id: 'search',
    label: (t) => t('commands.search'),
    icon: IconSearch,
    key: keysOf('/'),
    also: ['shift+/'],
    ...asking('search'),
  },
  {
    id: 'refresh',
    label: (t) => t('list.refresh'),
    icon: IconRefresh,
    key: keysOf('alt+R'),
    ...asking('refresh'),
  },
  {
    id: 'follow',
    label: (t) => t('list.follow'),
    words: (t) => t('palette.words.follow'),
    icon: IconPlayerPlay,
    key: keysOf('alt+U'),
    ...asking('follow'),
  },
  {
    id: 'filter',
    label: (t, { column }) => t(column === undefined ? 'local.add' : 'gridMenu.filter'),
    icon: IconFilter,
    key: keysOf('alt+F'),
    ...asking('filter'),
  },
  {
    id: 'count',
    label: (t, { list, column }) =>
      list === undefined || column === undefined
        ? t('counts.open')
        : t('gridMenu.countBy', { column: shownText(columnTitle(t, list, column), 40) }),
    icon: IconChartBar,
    key: keysOf('alt+B'),
    ...asking('count'),
  },
  {
    id: 'columns',
    label: (t) => t('list.columns'),
    words: (t) => t('palette.words.columns'),
    icon: IconColumns3,
    key: keysOf('alt+C'),
    ...asking('columns'),
  },
  {
    id: 'export',
    label: (t) => t('list.export'),
    words: (t) => t('palette.words.export'),
    icon: IconDownload,
    key: keysOf('alt+E'),
    ...asking('export'),
  },
  {
    id: 'views',
    label: (t) => t('views.open'),
    icon: IconBookmark,
    key: keysOf('alt+S'),
    ...taking(showViews),
  },
  {
    id: 'link',
    label: (t) => t('commands.copyLink'),
    icon: IconLink,
    key: keysOf('alt+shift+C'),
    ...taking(copyLink),
  },
] as const satisfies readonly Command[];
