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
import { copyLink } from '../common/copy-link';
import { keysOf } from '../common/keys';
import { showViews } from '../state/dialogs';
import { type Act, canPress, focusSearch, press, shownIn } from '../state/front';
import { type Command, forTab } from './command';

/** What a button of the view in front does. */
const pressing = (act: Act) => ({ when: () => canPress(act), do: () => press(act) });

/** What is taken elsewhere of the view in front. */
const taking = (act: (query: NonNullable<ReturnType<typeof shownIn>>) => void) =>
  forTab((tab) => {
    const query = shownIn(tab);
    if (query) act(query);
  });

/** What is done with the view in front. */
export const viewCommands = [
  {
    id: 'search',
    label: (t) => t('commands.search'),
    icon: IconSearch,
    key: keysOf('/'),
    also: ['shift+/'],
    when: () => canPress('search'),
    do: focusSearch,
  },
  {
    id: 'refresh',
    label: (t) => t('list.refresh'),
    icon: IconRefresh,
    key: keysOf('alt+R'),
    ...pressing('refresh'),
  },
  {
    id: 'follow',
    label: (t) => t('commands.follow'),
    icon: IconPlayerPlay,
    key: keysOf('alt+U'),
    ...pressing('follow'),
  },
  {
    id: 'filter',
    label: (t) => t('local.add'),
    icon: IconFilter,
    key: keysOf('alt+F'),
    ...pressing('filter'),
  },
  {
    id: 'count',
    label: (t) => t('counts.open'),
    icon: IconChartBar,
    key: keysOf('alt+B'),
    ...pressing('count'),
  },
  {
    id: 'columns',
    label: (t) => t('commands.columns'),
    icon: IconColumns3,
    key: keysOf('alt+C'),
    ...pressing('columns'),
  },
  {
    id: 'export',
    label: (t) => t('commands.export'),
    icon: IconDownload,
    key: keysOf('alt+E'),
    ...pressing('export'),
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
