/**
 * A generator to be gone through by `for await`, which by itself loses what a generator returns: `returned` has that once
 * the items are over. Left before their end, the generator is closed.
 */
export const withReturn = <Item, Result>(
  items: AsyncGenerator<Item, Result>,
): AsyncIterable<Item> & { readonly returned: Result } => {
  let end: { result: Result } | null = null;
  return {
    async *[Symbol.asyncIterator]() {
      end = { result: yield* items };
    },
    get returned() {
      if (end === null) throw new Error('its items are not over');
      return end.result;
    },
  };
};
