import { createHash } from 'node:crypto';
import { type PlanFile, planFileSchema, planVersion } from '../../shared/change/plan.ts';
import { DeskError } from '../../shared/errors.ts';
import { isTooLarge } from '../client/size.ts';

/** JSON with keys in one order, so that the same plan has the same sum whoever writes it. */
export const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map((one) => canonical(one ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
};

const sumOf = (plan: Omit<PlanFile, 'checksum'>): string =>
  createHash('sha256').update(canonical(plan)).digest('hex');

/** A plan as the file that a colleague reviews. It holds no secret. */
export const planFileOf = (plan: Omit<PlanFile, 'kind' | 'version' | 'checksum'>): PlanFile => {
  const { readAt, tenant, title, forced, source, undoes, planned } = plan;
  const body = {
    kind: 'logto-desk-plan' as const,
    version: planVersion,
    readAt,
    tenant,
    title,
    forced,
    source,
    undoes,
    planned,
  } as const;
  return { ...body, version: 1, checksum: sumOf({ ...body, version: 1 }) };
};

/** Bytes of a plan's file at most: one of 200,000 changes has fewer. */
export const largestPlan = 256 << 20;
/** Values in it, and how deeply they nest: what is more would fill the memory when it is parsed. */
const mostValues = 12_000_000;
const deepest = 100;

/** The plan of a file's text; `where`: the file. Throws `changes.plan_damaged`, `changes.plan_newer`. */
export const planOfText = (text: string, where: string): PlanFile => {
  const damaged = (error?: unknown) => new DeskError('changes.plan_damaged', { where }, { cause: error });
  if (isTooLarge(text, Number.POSITIVE_INFINITY, mostValues, deepest)) throw damaged();
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw damaged(error);
  }
  return readPlanFile(content);
};

/** The plan of a file's JSON. Throws `changes.plan_damaged`, `changes.plan_newer`. */
export const readPlanFile = (content: unknown): PlanFile => {
  const damaged = (reason: string) => new DeskError('changes.plan_damaged', { reason });
  if (typeof content !== 'object' || content === null) throw damaged('it is not a JSON object');
  if ('kind' in content && content.kind === 'logto-desk-plan' && 'version' in content)
    if (typeof content.version === 'number' && content.version > planVersion)
      throw new DeskError('changes.plan_newer');
  const parsed = () => {
    try {
      return planFileSchema.safeParse(content);
    } catch {
      // A check may throw on what no check expects, such as an object that poses as a string.
      throw damaged('it is not of a plan’s shape');
    }
  };
  const { success, data, error } = parsed();
  if (!success) throw damaged(error.issues[0]?.path.join('.') ?? '');
  const { checksum, ...rest } = data;
  if (sumOf(rest) !== checksum) throw damaged('its checksum does not match');
  const numbers = new Set(data.planned.map(({ change }) => change.number));
  if (numbers.size !== data.planned.length) throw damaged('planned');
  return data;
};
