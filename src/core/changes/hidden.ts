import { createHmac, randomBytes } from 'node:crypto';
import { findResource } from '../../shared/catalog/index.ts';
import type { Target, Values } from '../../shared/change/change.ts';
import type { LineFault } from '../../shared/change/plan.ts';
import { type HiddenRef, secretRefOf } from '../../shared/change/secrets.ts';
import { maskNamed } from '../../shared/masked.ts';
import { maskSecrets, secretMask } from '../../shared/row.ts';
import { canonical } from './plan-file.ts';

/** The object that values are of: the same value has another fingerprint in another one. */
export type Place = { profile: string } & Pick<Target, 'resource' | 'id'>;

/** What stands for hidden values, by its fingerprint. */
export type Found = ReadonlyMap<string, unknown>;

/** Values without what lists mask, and what that was. */
export type Hiding = { values: Values; found: Found };

type Json = Readonly<Record<string, unknown>>;
type Path = readonly string[];

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const hiddenRefOf = (value: unknown): HiddenRef | null => {
  const ref = isObject(value) && value.secret === 'hidden' ? secretRefOf(value) : null;
  return ref?.secret === 'hidden' ? ref : null;
};

/** The value with each part replaced that a mask stands for, told by what the project's one rule of masks made of it. */
const replaced = (
  value: unknown,
  masked: unknown,
  path: Path,
  made: (value: unknown, shown: string, path: Path) => unknown,
): unknown => {
  const ref = secretRefOf(value);
  // What stands for a secret already; but nobody else's text is taken for one of ours.
  if (ref && ref.secret !== 'hidden') return value;
  if (Object.is(value, masked)) return value;
  const inner = (one: unknown, other: unknown, key: string) => replaced(one, other, [...path, key], made);
  if (!ref && Array.isArray(value) && Array.isArray(masked))
    return value.map((one, at) => inner(one, masked[at], String(at)));
  if (!ref && isObject(value) && isObject(masked))
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inner(one, masked[key], key)]));
  return made(value, typeof masked === 'string' ? masked : secretMask, path);
};

/** Where hidden values stand in values. */
const refsIn = (value: unknown, path: Path = []): { ref: HiddenRef; path: Path }[] => {
  if (typeof value !== 'object' || value === null) return [];
  const ref = hiddenRefOf(value);
  if (ref) return [{ ref, path }];
  return Object.entries(value).flatMap(([key, inner]) => refsIn(inner, [...path, key]));
};

/** Fingerprints of what stands hidden in values. */
export const printsIn = (values: Values): string[] => refsIn(values).map(({ ref }) => ref.print);

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((one, key) => {
    if (typeof one !== 'object' || one === null || !Object.hasOwn(one, key)) return undefined;
    return Reflect.get(one, key);
  }, value);

/**
 * Hides what lists mask (`maskSecrets`, `maskNamed`) in values of changes. In its place stands what lists show, and a
 * fingerprint (HMAC-SHA-256) of value and place by a key of this computer's: it tells that a value changed, and that it
 * is still the same, and nobody learns or tries out the value by it.
 */
export class Hider {
  readonly #sealingKey: () => Promise<Buffer>;
  /** Without a keychain, for this run of the program. */
  readonly #spare = randomBytes(32);
  #prints: Promise<{ own: string; of: (place: Place, path: Path, value: unknown) => string }> | null = null;

  constructor(sealingKey: () => Promise<Buffer>) {
    this.#sealingKey = sealingKey;
  }

  #made() {
    this.#prints ??= this.#sealingKey()
      .catch(() => this.#spare)
      .then((sealing) => {
        const key = createHmac('sha256', sealing).update('fingerprints').digest();
        const own = createHmac('sha256', key).update('own').digest('hex').slice(0, 8);
        return {
          own,
          of: ({ profile, resource, id }: Place, path: Path, value: unknown) => {
            const said = canonical([profile, resource, id, path, value]);
            return `${own}-${createHmac('sha256', key).update(said).digest('hex').slice(0, 40)}`;
          },
        };
      });
    return this.#prints;
  }

  /** Without a key of the keychain what is hidden cannot be kept either. */
  async hide(place: Place, values: Values): Promise<Hiding> {
    const found = new Map<string, unknown>();
    const masked = maskSecrets(findResource(place.resource) ?? { secrets: [] }, values);
    const wanted: { value: unknown; path: Path }[] = [];
    // Most values have nothing to hide, and the keychain is asked for those that have.
    const look = replaced(values, masked, [], (value, _, path) => {
      wanted.push({ value, path });
      return value;
    });
    if (wanted.length === 0) return { values: look as Values, found };
    const prints = await this.#made();
    const hidden = replaced(values, masked, [], (value, shown, path): HiddenRef => {
      const print = prints.of(place, path, value);
      found.set(print, value);
      return { secret: 'hidden', shown, print };
    });
    return { values: hidden as Values, found };
  }

  /**
   * Values with what is hidden put back. `find`: the value of a fingerprint, undefined where nobody has it. `present`: the
   * state as it is now; `since`: as it was: what is hidden by another computer's key, and stays as it was, is as it is now.
   * `missing`: the first that nobody knows.
   */
  async reveal(
    place: Place,
    values: Values,
    find: (print: string) => unknown,
    { present, since }: { present: Values | null; since?: Values | undefined },
  ): Promise<{ values: Values; missing: string | null }> {
    const refs = refsIn(values);
    if (refs.length === 0) return { values, missing: null };
    const prints = await this.#made();
    const known = new Map<string, unknown>();
    let missing: string | null = null;
    for (const { ref, path } of refs) {
      const now = at(present, path);
      const was = hiddenRefOf(at(since, path));
      const isForeign = !ref.print.startsWith(`${prints.own}-`);
      const value = isForeign
        ? was?.print === ref.print
          ? now
          : undefined
        : now !== undefined && prints.of(place, path, now) === ref.print
          ? now
          : await find(ref.print);
      // A value opens in its own place alone: elsewhere somebody could read it.
      const isIts = value !== undefined && (isForeign || prints.of(place, path, value) === ref.print);
      if (isIts) known.set(path.join('\0'), value);
      else missing ??= path.join('.');
    }
    const put = (value: unknown, path: Path): unknown => {
      if (typeof value !== 'object' || value === null) return value;
      if (hiddenRefOf(value)) return known.get(path.join('\0'));
      if (Array.isArray(value)) return value.map((one, index) => put(one, [...path, String(index)]));
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, put(one, [...path, key])]));
    };
    return { values: missing === null ? (put(values, []) as Values) : values, missing };
  }

  /** Values with what another computer hid as these others have it: nobody here can tell the two apart. */
  async alike(values: Values, others: Values): Promise<Values> {
    const { own } = await this.#made();
    const walk = (value: unknown, other: unknown): unknown => {
      const ref = hiddenRefOf(value);
      if (ref) return ref.print.startsWith(`${own}-`) || !hiddenRefOf(other) ? value : other;
      if (Array.isArray(value) && Array.isArray(other))
        return value.map((one, index) => walk(one, other[index]));
      if (!isObject(value) || !isObject(other)) return value;
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, walk(one, other[key])]));
    };
    return walk(values, others) as Values;
  }

  /** True where values hold what was hidden by another key: it can be held against nothing here. */
  async isForeign(values: Values): Promise<boolean> {
    const prints = printsIn(values);
    if (prints.length === 0) return false;
    const { own } = await this.#made();
    return prints.some((print) => !print.startsWith(`${own}-`));
  }
}

/** A text that is shown beside a change, without what lists mask. */
export const textHidden = (text: string): string => maskNamed(text, secretMask);

/** What is wrong with a line of a file, without what lists mask. */
export const faultHidden = ({ heading, why }: LineFault): LineFault => {
  const hide = (text: string) => textHidden(text).slice(0, 512);
  const values = Object.entries(why.values ?? {}).map(([name, value]) => [
    name,
    typeof value === 'string' ? hide(value) : value,
  ]);
  return {
    heading: hide(heading),
    why: why.values ? { ...why, values: Object.fromEntries(values) } : why,
  };
};
