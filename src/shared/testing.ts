import fc from 'fast-check';
import { type Condition, localModes, networkModes } from './local.ts';

/** Conditions that an operator could enter, of columns and values such as `word` gives. */
export const anyCondition = (word: fc.Arbitrary<string>): fc.Arbitrary<Condition> =>
  fc.constantFrom(...localModes).chain((mode) =>
    fc.record({
      column: word,
      mode: fc.constant(mode),
      value: networkModes.includes(mode)
        ? fc.oneof(
            fc.tuple(fc.ipV4(), fc.nat(32)).map(([address, bits]) => `${address}/${bits}`),
            fc.tuple(fc.ipV4(), fc.ipV4()).map((addresses) => addresses.join(', ')),
          )
        : word,
    }),
  );
