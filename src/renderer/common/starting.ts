import { useMutation } from '@tanstack/react-query';
import { closeDialogsOf, dialogsNow } from '../state/dialogs';

/**
 * For a dialog that starts a job and closes with that. Where none was started, as with a save dialog of the system that was
 * cancelled, it stays, to change one's mind.
 */
export const useStarting = <Job>(start: () => Promise<Job | null>, onStarted = () => {}) =>
  useMutation({
    onMutate: dialogsNow,
    mutationFn: start,
    onSuccess: (job, _none, then) => {
      if (!job) return;
      onStarted();
      closeDialogsOf(then);
    },
  });
