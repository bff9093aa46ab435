/** Places `[0, keys.length)` in the order of keys from 0 to 2^53, equals in their order. */
export const inOrder = (keys: Float64Array): Uint32Array => {
  let places = Uint32Array.from(keys, (_, at) => at);
  let next = new Uint32Array(keys.length);
  const digits = new Uint32Array(keys.length);
  for (const unit of [1, 2 ** 16, 2 ** 32, 2 ** 48]) {
    const starts = new Uint32Array(65_537);
    for (let at = 0; at < keys.length; at += 1) {
      const digit = Math.floor((keys[at] ?? 0) / unit) % 65_536;
      digits[at] = digit;
      starts[digit + 1] = (starts[digit + 1] ?? 0) + 1;
    }
    // A digit that all share puts nothing in another place.
    if (starts.includes(keys.length)) continue;
    for (let digit = 0; digit < 65_536; digit += 1)
      starts[digit + 1] = (starts[digit + 1] ?? 0) + (starts[digit] ?? 0);
    for (const place of places) {
      const digit = digits[place] ?? 0;
      const to = starts[digit] ?? 0;
      next[to] = place;
      starts[digit] = to + 1;
    }
    [places, next] = [next, places];
  }
  return places;
};
