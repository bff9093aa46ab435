import type { Query } from '../../shared/query';
import { resting } from '../common/resting';
import { askAhead } from '../state/ask-ahead';

const { rest, leave } = resting();

/**
 * Asks ahead for a list once a button of the mouse goes down on what opens it: the click comes when the button is released, a tenth
 * of a second later. A finger that goes down may be about to scroll.
 */
export const pressing =
  (query: Query) =>
  ({ button, pointerType }: Pick<PointerEvent, 'button' | 'pointerType'>) => {
    if (button !== 0 || pointerType !== 'mouse') return;
    leave();
    askAhead(query, 'press');
  };

/** Properties of what opens a list: it is asked for ahead once that is rested on, or pressed. */
export const meansList = (query: Query) => ({
  onPointerEnter: () => rest(() => askAhead(query)),
  onPointerLeave: leave,
  onPointerDown: pressing(query),
  onFocus: () => rest(() => askAhead(query)),
  onBlur: leave,
});
