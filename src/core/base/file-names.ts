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
