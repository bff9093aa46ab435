import { useCallback, useState } from 'react';

/** The entry of a windowed list that is looked at: the first that is shown, until another one is chosen. */
export const useChosen = <Entry extends { id: unknown }>() => {
  const [chosen, setChosen] = useState<Entry | null>(null);
  const chooseFirst = useCallback(
    ([first]: readonly Entry[]) => setChosen((before) => before ?? first ?? null),
    [],
  );
  /** Has the chosen entry told as it was just read; of `total` none nothing is chosen any more. */
  const noteRead = useCallback(
    (entries: readonly Entry[], total: number) =>
      setChosen((before) => (total === 0 ? null : (entries.find(({ id }) => id === before?.id) ?? before))),
    [],
  );
  return { chosen, setChosen, chooseFirst, noteRead };
};
