import { create } from 'zustand';

type State = {
  /** Jobs whose secrets were shown: the core hands them out once. */
  shown: ReadonlySet<string>;
};

export const useMade = create<State>(() => ({ shown: new Set() }));

export const noteMade = (job: string) =>
  useMade.setState(({ shown }) => ({ shown: new Set([...shown, job]) }));
