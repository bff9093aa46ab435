/** Digests that the server takes, by the name it has for their algorithm: it checks none, and fails on bad ones later. */
const forms = {
  Bcrypt: /^\$2[abxy]\$\d\d\$[./A-Za-z0-9]{53}$/,
  Argon2i: /^\$argon2i\$v=\d+\$m=\d+,t=\d+,p=\d+\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+$/,
  Argon2id: /^\$argon2id\$v=\d+\$m=\d+,t=\d+,p=\d+\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+$/,
  Argon2d: /^\$argon2d\$v=\d+\$m=\d+,t=\d+,p=\d+\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+$/,
  MD5: /^[0-9a-f]{32}$/i,
  SHA1: /^[0-9a-f]{40}$/i,
  SHA256: /^[0-9a-f]{64}$/i,
  Legacy: /^\["[a-z0-9-]+",\[.*\],"[0-9a-f]+"\]$/i,
} as const satisfies Record<string, RegExp>;
export type DigestAlgorithm = keyof typeof forms;
export const digestAlgorithms = Object.keys(forms) as DigestAlgorithm[];

const bare = (text: string) => text.toLowerCase().replace(/[\s_-]/g, '');

/** Algorithms that a digest itself names. */
const named: readonly DigestAlgorithm[] = ['Bcrypt', 'Argon2i', 'Argon2id', 'Argon2d', 'Legacy'];

/** The algorithm of a digest: as its column says, in any writing, else as the digest says; null where nobody does. */
export const algorithmOf = (digest: string, said: string): DigestAlgorithm | null => {
  if (said.trim() !== '') return digestAlgorithms.find((one) => bare(one) === bare(said)) ?? null;
  return named.find((one) => forms[one].test(digest)) ?? null;
};

/** The server takes no longer ones. */
const longest = 256;

export const isDigest = (digest: string, algorithm: DigestAlgorithm): boolean =>
  digest.length <= longest && forms[algorithm].test(digest);
