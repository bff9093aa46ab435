import type { GridApi } from 'ag-grid-community';
import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { Resource } from '../../shared/catalog';
import type { Row } from '../../shared/row';
import type { ColumnLayout } from '../state/workspace';
import { isLaidOut, layOut } from './columns';

/**
 * Has a grid follow the layout of its list where another view of the list changes it: one that stands ahead, or in the
 * background, would show the columns of before, and keep them with the next that is changed in it. `isOwn`: the view names
 * its columns, and has none of others.
 */
export const useFollowedLayout = (
  grid: RefObject<GridApi<Row> | null>,
  resource: Resource,
  layout: ColumnLayout | undefined,
  isOwn: boolean,
) => {
  const shown = useRef(layout);
  useLayoutEffect(() => {
    const before = shown.current;
    shown.current = layout;
    if (before === layout || isOwn || !grid.current) return;
    if (!isLaidOut(grid.current, resource, layout)) layOut(grid.current, resource, layout);
  }, [grid, resource, layout, isOwn]);
};
