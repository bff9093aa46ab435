/** Without those that are taken for each other when they are read out. */
const capitals = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const letters = 'abcdefghijkmnpqrstuvwxyz';
const digits = '23456789';
const signs = '-_.!*+=?';
const all = capitals + letters + digits + signs;

/** A random place below `size`, each as likely as the other. */
const randomBelow = (size: number): number => {
  const most = Math.floor(0x1_0000_0000 / size) * size;
  for (;;) {
    const [value = most] = crypto.getRandomValues(new Uint32Array(1));
    if (value < most) return value % size;
  }
};

const pick = (from: string): string => from[randomBelow(from.length)] ?? '';

/** A password of letters, digits and signs, one of each at least. */
export const generatedPassword = (length = 20): string => {
  const made = [
    pick(capitals),
    pick(letters),
    pick(digits),
    pick(signs),
    ...Array.from({ length: length - 4 }, () => pick(all)),
  ];
  for (let at = made.length - 1; at > 0; at -= 1) {
    const other = randomBelow(at + 1);
    const [one = '', two = ''] = [made[at], made[other]];
    made[at] = two;
    made[other] = one;
  }
  return made.join('');
};
