import { z } from 'zod/v3';
import { type Answer, type Asked, failure, json, serverError } from '../answer.ts';
import type { Json } from '../json.ts';
import type { Route, RouteContext } from '../route.ts';
import { Refusal, refuseEmpty } from './refusal.ts';

/**
 * What holds for every write (WRITES, rules that hold everywhere). Measured on 1.42 only: older eras behave alike here, but
 * for paths that they do not have. The shapes are of Zod 3, as the server's own are, so that its issues read the same.
 */
export type Written<Body> = RouteContext & { body: Body };

const jsonTypes = /^application\/(json|json-patch\+json|vnd\.api\+json|csp-report|scim\+json)\s*(;|$)/i;

/** The body as the server parses it, by its content type; a type that it does not know counts as an empty body. */
const bodyOf = ({ headers, body }: Asked): { value: unknown } | Answer => {
  const type = headers['content-type'] ?? '';
  if (/^application\/x-www-form-urlencoded/i.test(type))
    return { value: Object.fromEntries(new URLSearchParams(body)) };
  if (/^text\//i.test(type)) return { value: body };
  if (!jsonTypes.test(type) || body === '') return { value: {} };
  if (!/^\s*[[{]/.test(body)) return json({ message: 'invalid JSON, only supports object and array' }, 400);
  try {
    return { value: JSON.parse(body) as unknown };
  } catch (error) {
    return json({ message: error instanceof Error ? error.message : 'Invalid JSON' }, 400);
  }
};

const detailOf = (issue: z.ZodIssue) => {
  const said =
    issue.code === 'invalid_type'
      ? `Expected ${issue.expected} but received ${issue.received}.`
      : issue.message;
  return `Error in key path "${issue.path.join('.')}": (${issue.code}) ${said}`;
};

export const invalidBody = (asked: Asked, { issues }: z.ZodError): Answer => {
  const refusal = failure(asked, 400, 'guard.invalid_input', { issues, name: 'ZodError' });
  return { ...refusal, body: { ...(refusal.body as Json), details: issues.map(detailOf).join('\n') } };
};

/** PostgreSQL takes no NUL in a text. */
const holdsNul = (body: unknown) => JSON.stringify(body)?.includes('\\u0000') ?? false;

/**
 * A route that writes. Its body is checked before anything else is looked at, unknown fields fall out of it without a word,
 * and a refusal from inside is answered as it says.
 */
export const write =
  <Shape extends z.ZodTypeAny>(
    shape: Shape,
    act: (context: Written<z.output<Shape>>) => Answer | Promise<Answer>,
  ): Route =>
  async (context) => {
    const { asked } = context;
    const given = bodyOf(asked);
    if (!('value' in given)) return given;
    const checked = shape.safeParse(given.value);
    if (!checked.success) return invalidBody(asked, checked.error);
    if (holdsNul(checked.data)) return serverError;
    try {
      return await act({ ...context, body: checked.data });
    } catch (error) {
      if (error instanceof Refusal) return error.answerTo(asked);
      throw error;
    }
  };

/** A route that writes without a body, whatever comes along. */
export const act = (change: (context: RouteContext) => Answer | Promise<Answer>): Route =>
  write(z.unknown(), change);

/** An object of which nothing may be left out of by being unknown: with no known field there is nothing to set. */
export const someOf = <Body extends object>(body: Body): Body => {
  if (Object.keys(body).length === 0) refuseEmpty();
  return body;
};

export const texts = z.array(z.string());
export const someTexts = texts.nonempty();
/** Any object; null and arrays are none. */
export const anyObject = z.record(z.unknown());
/** The server's `Created` in plain text. */
export const created: Answer = { status: 201, text: 'Created' };
