import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api } from '../link/api';
import { dialogsNow, isAnyOpen, type Reviewed, showPlanOf, type Undone } from '../state/dialogs';
import { useWorkspace } from '../state/workspace';

/**
 * Makes a plan, which may take a while, and shows it, unless whoever asked for it has left meanwhile or gone on to something
 * else; null: there is none.
 */
export const usePlanning = <Asked = void>(make: (asked: Asked) => Promise<Reviewed | null>) => {
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  return useMutation({
    onMutate: () => ({ dialogs: dialogsNow(), tab: useWorkspace.getState().active }),
    mutationFn: make,
    onSuccess: (plan, _asked, then) => {
      const stays = isAnyOpen(then.dialogs) || useWorkspace.getState().active === then.tab;
      if (plan && isHere.current && stays) showPlanOf(then.dialogs, plan);
    },
  });
};

/** Plans what undoes entries of the journal, or a whole job. */
export const useUndo = (profile: string) =>
  usePlanning(async (undone: Undone) => ({
    about: await api.changes.undo.mutate({ profile, ...undone }),
    asked: null,
    undone,
  }));
