import { VisuallyHidden } from '@mantine/core';
import { useViewportSize } from '@mantine/hooks';
import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorValue } from '../../shared/errors';
import type { Query } from '../../shared/query';
import { viewOf } from '../../shared/view';
import type { Place } from '../commands/command';
import { ViewPlace } from '../commands/place';
import { EdgeResizer } from '../common/EdgeResizer';
import { ErrorNotice } from '../common/ErrorNotice';
import { Guarded } from '../common/Guarded';
import { ViewSide } from '../common/view-side';
import { useViewTitle } from '../common/view-title';
import { useProfiles } from '../state/profiles';
import { isInSplit, splitWidths } from '../state/split';
import { changeSplit } from '../state/split-tabs';
import { showTab, sideWidths, type Tab, tabQuery, useWorkspace } from '../state/workspace';
import { CutOff } from './CutOff';
import { goingThere } from './going-there';
import styles from './Shell.module.css';
import { viewKinds } from './view-kinds';

/** Where a view stands: alone, or on a side of two. */
type Side = 'left' | 'right' | undefined;

type Props = { tab: Tab; query: Query; isFront: boolean; isShown: boolean; side: Side };

/** A view in its place. What another tab does is nothing to it: it is drawn anew for its own sake alone. */
export const ShownView = memo(({ tab, query, isFront, isShown, side }: Props) => {
  const { profiles, ready } = useProfiles();
  const profile = profiles.find(({ id }) => id === query.profile);
  const isCutOff = useWorkspace((state) => state.cutOff.includes(tab.id));
  const title = useViewTitle(query, tab.names);
  const loads = profile && !isCutOff;
  const place = useMemo(
    (): Place => ({ tab: tab.id, tenant: profile ?? null, list: query.resource }),
    [tab.id, profile, query.resource],
  );
  const Shown = viewKinds[viewOf(query).kind];
  /** In the place of the view, whose heading it has. */
  const notice = (error: ErrorValue, again?: () => void) => (
    <div className={styles.notice} data-region="notice" tabIndex={-1}>
      <VisuallyHidden component="h1">{title}</VisuallyHidden>
      <ErrorNotice error={error} {...(again && { onRetry: () => goingThere(again, 'always') })} />
    </div>
  );
  /** Of two views, the one that somebody works in is the one in front. */
  const comeFront = side && !isFront ? () => showTab(tab.id) : undefined;
  return (
    <section
      className={styles.view}
      data-front={isFront || undefined}
      data-shown={isShown || undefined}
      data-side={side}
      aria-label={side ? (profile ? `${profile.name} · ${title}` : title) : undefined}
      onPointerDownCapture={comeFront}
      onFocusCapture={comeFront}
    >
      {profile && !loads && <CutOff tabId={tab.id} />}
      {loads && (
        <ViewSide value={side ?? null}>
          <ViewPlace value={place}>
            <Guarded key={`${query.resource}/${query.parent ?? ''}`} failed={notice}>
              <Shown tabId={tab.id} query={query} row={tab.row ?? null} profile={profile} front={isShown} />
            </Guarded>
          </ViewPlace>
        </ViewSide>
      )}
      {!profile && ready && notice({ code: 'profile.not_found', detail: { where: query.profile } })}
    </section>
  );
});

/** The edge between two views. */
const SplitEdge = ({ width }: { width: number | undefined }) => {
  const { t } = useTranslation();
  const side = useWorkspace((state) => state.side);
  const sideWidth = side?.collapsed ? 36 : (side?.width ?? sideWidths.usual);
  const { width: windowWidth } = useViewportSize();
  const half = Math.round(((windowWidth || window.innerWidth) - sideWidth) / 2);
  return (
    <div className={styles.left}>
      <EdgeResizer
        label={t('tabs.splitWidth')}
        className={styles.edge}
        property="--desk-split"
        width={width ?? half}
        widths={{ ...splitWidths, usual: half }}
        side="right"
        step={24}
        onChange={(to) => changeSplit(to)}
      />
    </div>
  );
};

/**
 * Views stay mounted once they were in front: coming back to one is instant, and it keeps its place. One more is mounted
 * ahead, for a list that is about to be opened. Two of them stand side by side where that is asked.
 */
export const Views = () => {
  const tabs = useWorkspace((state) => state.tabs);
  const active = useWorkspace((state) => state.active);
  const visited = useWorkspace((state) => state.visited);
  const parked = useWorkspace((state) => state.parked);
  const ahead = useWorkspace((state) => state.ahead);
  const split = useWorkspace((state) => state.split);
  const two = isInSplit(split, active) ? split : undefined;
  // In an order that no move of a tab changes: what is moved in the page loses its scroll place.
  return (
    <>
      {[...tabs.filter(({ id }) => visited.has(id)), ...parked, ...(ahead ? [ahead] : [])]
        .toSorted((one, other) => (one.id < other.id ? -1 : 1))
        .map((tab) => {
          const query = tabQuery(tab);
          const side = two && (two.left === tab.id ? 'left' : two.right === tab.id ? 'right' : undefined);
          const isFront = tab.id === active;
          return (
            query && (
              <ShownView
                key={tab.id}
                tab={tab}
                query={query}
                isFront={isFront}
                isShown={isFront || side !== undefined}
                side={side}
              />
            )
          );
        })}
      {two && <SplitEdge width={two.width} />}
    </>
  );
};
