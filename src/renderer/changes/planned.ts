import { useEffect, useRef } from 'react';
import { dialogsNow, type Reviewed, showPlanOf } from '../state/dialogs';

/**
 * For a mutation that makes a plan, which may take a while: `onMutate` notes what is open, `show` shows the plan, unless
 * whoever asked for it has left meanwhile, or gone on to something else.
 */
export const usePlanned = () => {
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  const show = (then: ReturnType<typeof dialogsNow> | undefined, plan: Reviewed) => {
    if (isHere.current) showPlanOf(then, plan);
  };
  return { onMutate: dialogsNow, show };
};
