import { Command, Argument as CommandArgument, Option } from 'commander';
import type { Argument, Flag } from './flags.ts';

/** An option as commander is told it: `--all`, `--page <n>`. */
type Written = Flag | `${Flag} <${string}>`;

type Camel<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<Camel<Rest>>}`
  : Name;
type NameOf<F extends string> = F extends `--no-${infer Name}`
  ? Name
  : F extends `--${infer Name} <${string}>`
    ? Name
    : F extends `--${infer Name}`
      ? Name
      : never;
type KeyOf<F extends string> = Camel<NameOf<F>>;
type ValueOf<F extends string> = F extends `${string} <${string}>` ? string : boolean;

type Always<F extends string, Value> = { [Key in KeyOf<F>]: Value };
type Perhaps<F extends string, Value> = { [Key in KeyOf<F>]?: Value };

type ArgumentOf<A extends string> = A extends `${string}...${string}`
  ? string[]
  : A extends `[${string}]`
    ? string | undefined
    : string;

/** What commander is told of, and what a command gets by it. */
type Told<T, Gives> = Omit<T, 'conflicts' | 'default' | 'makeOptionMandatory'> & {
  /** For the compiler alone. */
  readonly gives?: Gives;
};

type Choice<F extends string, Value> = Told<Option, Perhaps<F, Value>> & {
  conflicts(keys: KeyOf<Flag> | KeyOf<Flag>[]): Choice<F, Value>;
  default(value: Value): Told<Option, Always<F, Value>>;
  makeOptionMandatory(): Told<Option, Always<F, Value>>;
};

/**
 * A command whose arguments and options are typed by their own definitions, so that what it does can read none that it does
 * not have: commander's `Command`, of which the types alone are narrower.
 */
export interface Flagged<Arguments extends unknown[], Options extends object> {
  description(text: string): Flagged<Arguments, Options>;
  alias(name: string): Flagged<Arguments, Options>;
  addHelpText(place: 'after', text: string): Flagged<Arguments, Options>;
  argument<A extends Argument>(written: A, text: string): Flagged<[...Arguments, ArgumentOf<A>], Options>;
  addArgument<Gives>(argument: Told<CommandArgument, Gives>): Flagged<[...Arguments, Gives], Options>;
  option<F extends Written>(
    written: F,
    text: string,
  ): Flagged<Arguments, Options & (F extends `--no-${string}` ? Always<F, boolean> : Perhaps<F, ValueOf<F>>)>;
  option<F extends Written>(
    written: F,
    text: string,
    otherwise: ValueOf<F>,
  ): Flagged<Arguments, Options & Always<F, ValueOf<F>>>;
  option<F extends Written, Value>(
    written: F,
    text: string,
    parse: (text: string, before?: Value) => Value,
  ): Flagged<Arguments, Options & Perhaps<F, Value>>;
  option<F extends Written, Value>(
    written: F,
    text: string,
    parse: (text: string, before?: Value) => Value,
    otherwise: Value,
  ): Flagged<Arguments, Options & Always<F, Value>>;
  requiredOption<F extends Written>(
    written: F,
    text: string,
  ): Flagged<Arguments, Options & Always<F, ValueOf<F>>>;
  requiredOption<F extends Written, Value>(
    written: F,
    text: string,
    parse: (text: string, before?: Value) => Value,
  ): Flagged<Arguments, Options & Always<F, Value>>;
  addOption<Gives extends object>(option: Told<Option, Gives>): Flagged<Arguments, Options & Gives>;
  action(does: (...given: [...Arguments, Options, Command]) => void | Promise<void>): Command;
}

/** The options of a command. */
export type OptionsOf<C> = C extends Flagged<infer _Arguments, infer Options> ? Options : never;

export const flagged = (name: string): Flagged<[], object> => new Command(name);

/** An option of which commander has more to be told. */
export const option = <F extends Written>(written: F, text: string): Choice<F, ValueOf<F>> =>
  new Option(written, text);

/** An option that takes one of some values. */
export const chosenOption = <F extends Written, Value extends string>(
  written: F,
  text: string,
  values: readonly Value[],
): Choice<F, Value> => new Option(written, text).choices(values);

/** An argument that is one of some values. */
export const chosenArgument = <Value extends string>(
  written: Argument,
  text: string,
  values: readonly Value[],
): Told<CommandArgument, Value> => new CommandArgument(written, text).choices(values);
