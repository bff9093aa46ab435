/** What no file system takes, or what would lead elsewhere. */
const unsafe = /[^\p{L}\p{N}._ -]+/gu;

/** Names that Windows keeps for devices, whatever their end. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

const longestName = 120;

/** A text as the name of a file: of letters, digits, spaces and few signs, not hidden, and no device. */
export const safeFileName = (text: string): string => {
  const plain = text
    .normalize('NFC')
    .replace(unsafe, '-')
    .replace(/^\.+/, '-')
    .slice(0, longestName)
    .toWellFormed()
    .replace(/[. ]+$/, '');
  return reserved.test(plain) || plain === '' ? `_${plain}` : plain;
};

/** A name to suggest for a new file or folder: its parts joined, without spaces. */
export const suggestedName = (parts: readonly string[]): string =>
  safeFileName(parts.join('-').replace(/\s+/g, '-'));

/** A name to suggest for a new file of what was so at `at`, unix ms: with its minute, so that files of one day keep apart. */
export const suggestedNameAt = (parts: readonly string[], at: number): string => {
  const stamp = `-${new Date(at).toISOString().slice(0, 16).replace(':', '')}Z`;
  return `${suggestedName(parts).slice(0, longestName - stamp.length)}${stamp}`;
};
