import { keepPreviousData, useQueries } from '@tanstack/react-query';
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import styles from './WindowedList.module.css';
import { drawnRows, pageRows, pagesOf } from './windowed';

type Props<Item> = {
  label: string;
  /** What the rows are of: with another key they are asked for anew, from the top. */
  queryKey: readonly unknown[];
  load: (
    page: { offset: number; limit: number },
    signal: AbortSignal,
  ) => Promise<{ total: number; items: Item[] }>;
  rowHeight: number;
  idOf: (item: Item) => string;
  chosen: string | null;
  onChoose: (item: Item) => void;
  onTotal?: (total: number) => void;
  /** The first rows of the list, once they are there. */
  onShown?: (items: readonly Item[]) => void;
  /** `table`: what is rendered are cells (`gridcell`), in which something may be clicked. */
  kind?: 'choices' | 'table';
  render: (item: Item) => ReactNode;
  empty: ReactNode;
};

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

/** A list of any length of which only what is in sight is there. One of it is chosen, by the mouse or the arrows. */
export const WindowedList = <Item,>(props: Props<Item>) => {
  const { label, queryKey, load, rowHeight, idOf, chosen, onChoose, onTotal, onShown, render, empty } = props;
  const isTable = props.kind === 'table';
  const place = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ top: 0, height: 600 });
  const key = JSON.stringify(queryKey);
  const [known, setKnown] = useState({ key, total: pageRows });
  const total = known.key === key ? known.total : pageRows;
  const drawn = drawnRows(seen, rowHeight, total);
  const pages = [...new Set([0, ...pagesOf(drawn)])];
  const asked = useQueries({
    queries: pages.map((page) => ({
      queryKey: [...queryKey, page],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        load({ offset: page * pageRows, limit: pageRows }, signal),
      placeholderData: keepPreviousData,
    })),
  });
  const [first] = asked;
  const loaded = new Map(pages.map((page, at) => [page, asked[at]?.data?.items ?? []]));
  const itemAt = (at: number): Item | undefined => loaded.get(Math.floor(at / pageRows))?.[at % pageRows];
  const answered = first?.isPlaceholderData ? undefined : first?.data?.total;
  useLayoutEffect(() => {
    if (answered === undefined) return;
    setKnown({ key, total: answered });
    onTotal?.(answered);
  }, [answered, key, onTotal]);
  const shownFirst = first?.isPlaceholderData ? undefined : first?.data?.items;
  useLayoutEffect(() => {
    if (shownFirst) onShown?.(shownFirst);
  }, [shownFirst, onShown]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins at its top
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    element.scrollTop = 0;
    setSeen({ top: 0, height: element.clientHeight });
    const sized = new ResizeObserver(() => setSeen({ top: element.scrollTop, height: element.clientHeight }));
    sized.observe(element);
    return () => sized.disconnect();
  }, [key]);

  const rows = Array.from({ length: drawn.to - drawn.from }, (_, at) => drawn.from + at);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step === undefined || event.target !== event.currentTarget) return;
    event.preventDefault();
    const at = rows.find((row) => {
      const item = itemAt(row);
      return item !== undefined && idOf(item) === chosen;
    });
    const to = Math.max(0, Math.min(total - 1, (at ?? -1) + step));
    const item = itemAt(to);
    if (item === undefined || !place.current) return;
    onChoose(item);
    const { scrollTop, clientHeight } = place.current;
    if (to * rowHeight < scrollTop) place.current.scrollTop = to * rowHeight;
    if ((to + 1) * rowHeight > scrollTop + clientHeight)
      place.current.scrollTop = (to + 1) * rowHeight - clientHeight;
  };
  // Roles by what is in it: choices, or rows of cells in which something else can be clicked.
  const frame = { role: isTable ? 'grid' : 'listbox', 'aria-label': label, tabIndex: 0, onKeyDown };
  const rowProps = (item: Item, at: number) => ({
    role: isTable ? 'row' : 'option',
    tabIndex: -1,
    'aria-selected': idOf(item) === chosen,
    ...(isTable ? { 'aria-rowindex': at + 1 } : { 'aria-setsize': total, 'aria-posinset': at + 1 }),
    onClick: ({ target }: MouseEvent) => {
      onChoose(item);
      // Arrows continue from what was clicked; the row itself may be scrolled away.
      if (!(target instanceof Element && target.closest('button, a, input')))
        place.current?.focus({ preventScroll: true });
    },
  });
  return (
    <div
      ref={place}
      className={styles.list}
      {...(answered === 0 ? {} : frame)}
      onScroll={({ currentTarget: { scrollTop, clientHeight } }) =>
        setSeen({ top: scrollTop, height: clientHeight })
      }
    >
      {answered === 0 && <div className={styles.empty}>{empty}</div>}
      <div
        role="presentation"
        style={{ height: answered === undefined ? 0 : total * rowHeight, position: 'relative' }}
      >
        {rows.map((at) => {
          const item = itemAt(at);
          if (item === undefined) return null;
          const id = idOf(item);
          return (
            <div
              key={id}
              {...rowProps(item, at)}
              className={styles.row}
              data-chosen={id === chosen || undefined}
              style={{ top: at * rowHeight, height: rowHeight }}
            >
              {render(item)}
            </div>
          );
        })}
      </div>
    </div>
  );
};
