/** Single changes (a character more, less, another, or two swapped) that make one word of the other. */
const distance = (a: string, b: string): number => {
  const rows = [[...Array(b.length + 1).keys()]];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const above = rows[i - 1] ?? [];
      const changed = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, changed);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (rows[i - 2]?.[j - 2] ?? 0) + 1);
      row.push(least);
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 0;
};

/** How far a path counts that ends with the name: `payload.ip` for `ip`. */
const ends = 0.5;

/** How far a name counts that begins as the other does, however long it is. */
const begins = 1.5;

/** Characters of a name that another is looked for, at most. */
const longestTyped = 200;

/**
 * The names that may have been meant, case aside, the likeliest first; none where none is near: at most `farthest` changes
 * away.
 */
export const nearestOf = (
  typed: string,
  names: Iterable<string>,
  most: number,
  farthest = Math.max(begins, Math.ceil(typed.length / 3)),
): string[] => {
  const word = typed.toLowerCase();
  // Nobody types a name so long; and those of a hostile server's fields have no end.
  if (word.length > longestTyped) return [];
  const near = [...new Set(names)].flatMap((name) => {
    const other = name.toLowerCase();
    const beginning =
      other.startsWith(word) || (other.length > 3 && word.startsWith(other)) ? begins : Infinity;
    // Each character more is a change, at least.
    const isOutside = Math.abs(word.length - other.length) > farthest;
    const ending = other.endsWith(`.${word}`) ? ends : Infinity;
    const far = Math.min(ending, beginning, isOutside ? Infinity : distance(word, other));
    return far <= farthest ? [{ name, far }] : [];
  });
  return near
    .sort((one, other) => one.far - other.far)
    .slice(0, most)
    .map(({ name }) => name);
};

/** The name that was most likely meant, case aside; null when none is near. */
export const nearest = (typed: string, names: Iterable<string>): string | null =>
  nearestOf(typed, names, 1)[0] ?? null;
