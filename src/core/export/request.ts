import { z } from 'zod';
import { findResource } from '../../shared/catalog/index.ts';
import { exportFormats } from '../../shared/export-formats.ts';
import { querySchema, zoneSchema } from '../../shared/query.ts';
import { countsSchema } from '../rows/counts-asked.ts';

/** What an export is asked for. */
export const exportSchema = z.object({
  query: querySchema,
  format: z.enum(exportFormats),
  /** `visible`: the query's columns in their order. `all`: every field. */
  columns: z.enum(['visible', 'all']).default('all'),
  /** CSV only: a byte order mark, by which Excel knows UTF-8. */
  bom: z.boolean().default(false),
  /** CSV only: text of digits (phones) in the form that Excel keeps as text. */
  excelText: z.boolean().optional(),
  /** IANA name of the zone of times in CSV and Excel files; absent: UTC. The other formats keep moments as they are. */
  zone: zoneSchema.optional(),
  /** Moment that the view is pinned at, unix ms. */
  until: z.number().int().optional(),
  /** From the mirror, as it was when it was last read; conditions and order are the mirror's. */
  mirrored: z.boolean().optional(),
  /** False: rows that pages keep back are counted, not looked for. */
  complete: z.boolean().optional(),
  /** Columns by which rows are joined with who belongs to what (`Column.joins`). */
  joined: z.array(z.string().max(64)).max(10).optional(),
  /** With names beside the ids of other rows, as far as they are known (`tenants/named.ts`). */
  names: z.boolean().optional(),
  /** The list of this id below each of the view's rows, in the place of the rows (`below.ts`). */
  below: z
    .string()
    .refine((id) => findResource(id)?.parent !== undefined, 'there is no such list below rows')
    .optional(),
  /** Fields that no row has are refused. */
  strict: z.boolean().optional(),
  /** How many rows have each value of a column, in the place of the rows. */
  counts: countsSchema.optional(),
  /** Only these rows; `index` is the place where the grid showed the row. */
  picked: z
    .array(z.object({ id: z.string().max(256), index: z.number().int().min(0) }))
    .min(1)
    .max(100_000)
    .optional(),
});
export type ExportRequest = z.infer<typeof exportSchema>;
