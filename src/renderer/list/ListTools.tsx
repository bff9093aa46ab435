import { useCallbackRef } from '@mantine/hooks';
import type { GridApi } from 'ag-grid-community';
import { type ComponentProps, memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../../shared/catalog';
import type { Condition } from '../../shared/local';
import type { Query, TimeBounds } from '../../shared/query';
import type { Row } from '../../shared/row';
import { ListActions } from '../changes/ListActions';
import { commandOf } from '../commands/commands';
import { useAct } from '../commands/place';
import type { ListSource } from '../rows/source';
import type { KnownProfile } from '../state/profiles';
import type { ColumnLayout } from '../state/workspace';
import { ColumnPicker } from './ColumnPicker';
import { CopyMenu } from './CopyMenu';
import { Counts } from './Counts';
import { FilterBar } from './FilterBar';
import { Follow, isSearchedHere } from './Follow';
import styles from './ListView.module.css';
import { CommandTool } from './Tool';

type Props = {
  query: Query;
  resource: Resource;
  profile: KnownProfile;
  source: ListSource;
  grid: () => GridApi<Row> | null;
  picked: readonly { id: string }[];
  /** Rows of the view, as text; null while nobody knows. */
  total: string | null;
  /** How the tenant's server takes bounds of time; null while that is not known. */
  bounds: TimeBounds | null;
  /** All of the list is on this computer. */
  whole: boolean;
  /** The copy answers, not the server. */
  mirrored: boolean;
  isAnswered: boolean;
  hasFailed: boolean;
  isEmpty: boolean;
  isFollowed: boolean;
  layout: ColumnLayout | undefined;
  shownQuery: () => Query;
  onNarrow: ComponentProps<typeof FilterBar>['onChange'];
  onNarrowTo: (condition: Condition) => void;
  onMistake: ComponentProps<typeof FilterBar>['onMistake'];
  onRefresh: () => void;
  onFollow: (isOn: boolean) => void;
  onLayout: (layout: ColumnLayout | null) => void;
  onExport: () => void;
  onExportCounts: ComponentProps<typeof Counts>['onExport'];
};

/** The bar above the rows: what they are narrowed by, and what can be done with them. It is drawn anew for nothing else. */
export const ListTools = memo((props: Props) => {
  const { query, resource, profile, source, bounds, whole, onRefresh, isEmpty } = props;
  const { t } = useTranslation();
  const loadedRows = useCallbackRef(() => source.loaded(200));
  const allRows = useCallbackRef(() => source.all());
  const stateNow = useCallbackRef(() => source.state);
  useAct('refresh', onRefresh);
  const isUnexportable = (props.hasFailed && !props.isAnswered) || isEmpty;
  useAct('export', isUnexportable ? null : props.onExport);
  const held = useMemo(() => ({ ...query, filters: source.filters }), [query, source]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: fieldset brings a border and a legend
    <div className={styles.bar} role="group" aria-label={t('list.tools')}>
      <FilterBar
        query={query}
        resource={resource}
        mirrored={whole}
        loadedRows={loadedRows}
        onChange={props.onNarrow}
        onMistake={props.onMistake}
      />
      <span className={styles.actions}>
        <Counts
          resource={resource}
          bounds={bounds}
          query={query}
          filters={source.filters}
          mirrored={whole}
          rows={allRows}
          state={stateNow}
          isAnswered={props.isAnswered}
          hasFailed={props.hasFailed}
          onFilter={props.onNarrowTo}
          onExport={props.onExportCounts}
        />
        <CommandTool of={commandOf('refresh')} />
        {resource.pin && !props.mirrored && (
          <Follow isOn={props.isFollowed} isSearchedHere={isSearchedHere(query)} onChange={props.onFollow} />
        )}
        <ListActions query={held} picked={props.picked} total={props.total ?? '…'} />
        <CopyMenu shownQuery={props.shownQuery} profile={profile} />
        <ColumnPicker
          resource={resource}
          grid={props.grid}
          layout={props.layout}
          onLayout={props.onLayout}
          source={source}
        />
        <CommandTool
          of={commandOf('export')}
          disabled={isUnexportable}
          title={isEmpty ? t('list.nothingToExport') : undefined}
        />
      </span>
    </div>
  );
});
