import { useRef } from 'react';
import type { Resource } from '../../shared/catalog';
import { type Row, rowIdOf } from '../../shared/row';
import { resting } from '../common/resting';
import { askRowAhead } from '../state/row-query';

/** Asks ahead for the row that a pointer or the focus rests on. */
export const useRowsAhead = (profile: string, resource: Resource) => {
  const { rest, leave } = useRef(resting()).current;
  const drop = useRef(() => {});
  return {
    ask: (row: Row | undefined) => {
      const id = row ? rowIdOf(resource, row) : '';
      if (!id) return;
      rest(() => {
        drop.current = askRowAhead(profile, resource.id, id);
      });
    },
    leave,
    stop: () => {
      leave();
      drop.current();
    },
  };
};
