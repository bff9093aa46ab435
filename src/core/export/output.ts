import type { Row } from '../../shared/row.ts';
import { addLate } from './columns.ts';
import type { Converted } from './convert.ts';
import type { RowWriter } from './formats.ts';
import type { WrittenColumn } from './partial-file.ts';
import type { ExportPlan } from './plan.ts';

/** What an export wrote. */
export type Ended = {
  file: Converted;
  /** It was made beside what was written (`PartialFile.made`), and is to take its place. */
  isMade: boolean;
  /** Fields that came after a stream's header, and are not in it. */
  omitted: string[];
};

/** How rows become a file, or a stream (`ways.ts`). */
export type Way = {
  /** Begins to write; columns that come later are added to these. */
  open(columns: WrittenColumn[]): Promise<RowWriter>;
  /** All of so many rows are written. */
  end(columns: readonly WrittenColumn[], rows: number): Promise<Ended>;
};

/** What takes an export's rows: opened by the first of them, which tell its columns; growing by the fields of later ones. */
export class Output {
  readonly #plan: ExportPlan;
  readonly #way: Way;
  #writer: RowWriter | null = null;
  #columns: WrittenColumn[] | null;

  /** `columns`: those that an earlier run wrote; null where none did. */
  constructor(plan: ExportPlan, way: Way, columns: WrittenColumn[] | null) {
    this.#plan = plan;
    this.#way = way;
    this.#columns = columns;
  }

  /** Null while no row told them. */
  get columns(): WrittenColumn[] | null {
    return this.#columns;
  }

  /** Writes what opens the file, where no row did. */
  async open(): Promise<void> {
    await this.#opened([]);
  }

  async #opened(first: readonly Row[]): Promise<{ columns: WrittenColumn[]; writer: RowWriter }> {
    const columns = this.#columns ?? this.#plan.columnsFor(first);
    this.#columns = columns;
    const writer = this.#writer ?? (await this.#way.open(columns));
    this.#writer = writer;
    return { columns, writer };
  }

  /** Writes those of the rows that fit; how many these are. */
  async take(rows: readonly Row[]): Promise<number> {
    if (rows.length === 0) return 0;
    const { columns, writer } = await this.#opened(rows);
    if (this.#plan.isWhole) addLate(columns, this.#plan.resource, rows);
    const fitting = this.#plan.fitting(rows);
    await writer.write(this.#plan.written(fitting));
    return fitting.length;
  }

  /** Closes what was written. `rows`: how many that are, those of earlier runs among them. Throws when the signal is aborted. */
  async end(rows: number, signal: AbortSignal): Promise<Ended> {
    const { columns, writer } = await this.#opened([]);
    await writer.end();
    signal.throwIfAborted();
    return this.#way.end(columns, rows);
  }
}
