import { type Answer, type Asked, failure, serverError } from '../answer.ts';
import type { MessageCode } from '../messages.ts';

/** A write that the server refuses, wherever in it that is noticed. What was written until then stays: nothing rolls back. */
export class Refusal extends Error {
  readonly answerTo: (asked: Asked) => Answer;
  constructor(answerTo: (asked: Asked) => Answer) {
    super('Refused');
    this.answerTo = answerTo;
  }
}

export const refuse = (
  status: number,
  code: MessageCode,
  { fill, data }: { fill?: Readonly<Record<string, string>>; data?: unknown } = {},
): never => {
  throw new Refusal((asked) => failure(asked, status, code, data, fill));
};

/** What the database refuses in a way that nobody expected. */
export const breakDown = (): never => {
  throw new Refusal(() => serverError);
};

export const refuseEmpty = () => refuse(422, 'entity.invalid_input');
export const refuseMissing = () => refuse(404, 'entity.not_found');
export const refuseMissingId = (name: string, id: string) =>
  refuse(404, 'entity.not_exists_with_id', { fill: { name, id } });
export const refuseRelation = (status = 422) => refuse(status, 'entity.relation_foreign_key_not_found');
export const refuseConstraint = () => refuse(422, 'entity.db_constraint_violated');
export const refuseTaken = () => refuse(422, 'entity.unique_integrity_violation');
export const refuseInput = (status: number, details: string) =>
  refuse(status, 'request.invalid_input', { fill: { details } });

/** A text column of so many characters (not UTF-16 units). */
export const fits = (text: string | null | undefined, most: number) => {
  if (text && [...text].length > most)
    refuse(422, 'entity.value_too_long', {
      data: { message: `value too long for type character varying(${most})` },
    });
};
