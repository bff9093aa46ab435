import { parseSync } from 'vite';

type Node = { type: string } & Record<string, unknown>;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

const named = (node: unknown): string => {
  if (!isNode(node)) return '';
  if (node.type === 'MemberExpression') return named(node.property);
  return typeof node.name === 'string' ? node.name : '';
};

const ownerOf = (node: unknown): string =>
  isNode(node) && node.type === 'MemberExpression' ? named(node.object) : '';

/** Attributes and fields whose text is shown. */
const shownNames = new Set([
  'label',
  'title',
  'placeholder',
  'aria-label',
  'aria-description',
  'alt',
  'description',
  'legend',
  'message',
  'error',
  'nothingFoundMessage',
]);

/** Functions that show their arguments, from which on: the first of `option` is its flags. */
const shownArguments = new Map(
  Object.entries({
    description: 0,
    option: 1,
    requiredOption: 1,
    argument: 1,
    Option: 1,
    chosenOption: 1,
    chosenArgument: 1,
    addHelpText: 1,
    'command.error': 0,
    'console.log': 0,
    'console.error': 0,
    InvalidArgumentError: 0,
    wrongUsage: 1,
    tell: 0,
    print: 0,
    progress: 0,
  }),
);

/** Text that only programs read, or that is the same in every language. */
const unread = new Set(['examples', 'Error', 'TypeError', 'TRPCError', 'require', 'matchMedia']);
const unreadNames = new Set(['className', 'style', 'styles', 'classNames', 'd', 'transform', 'viewBox']);

const hasWord = (text: string) => /\p{L}{2,}/u.test(text);
const isProse = (text: string) => /\p{L}{2,}[,;:]? \p{L}{2,}/u.test(text);

/** Texts of a node that becomes a value: of a condition both, of a template its own parts. */
const textsOf = (node: unknown): string[] => {
  if (!isNode(node)) return [];
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' ? [node.value] : [];
    case 'JSXText':
      return typeof node.value === 'string' ? [node.value.trim()] : [];
    case 'TemplateLiteral':
      return Array.isArray(node.quasis)
        ? node.quasis.flatMap(({ value }: { value: { cooked?: string } }) => value.cooked ?? [])
        : [];
    case 'ConditionalExpression':
      return [...textsOf(node.consequent), ...textsOf(node.alternate)];
    case 'LogicalExpression':
      return [...textsOf(node.left), ...textsOf(node.right)];
    case 'JSXExpressionContainer':
      return textsOf(node.expression);
    default:
      return [];
  }
};

/** Rooms in which any text with words is for users; in others much of it is for the system. */
const spoken = /^(renderer|cli)\//;
/** Rooms in which a single word is a name of the program's own. */
const quiet = /^(core|shared)\//;

/** What is told to logs. */
const logs = new Set(['log.error', 'log.warn', 'warn']);
/** Small print of core and shared: why a request, a file or an answer was refused (`ErrorDetail.reason`). */
const technical = new Set([
  'SyntaxError',
  'TimeLimitError',
  'BadFile',
  'refine',
  'invalid',
  'refuse',
  'damaged',
  'unreadable',
  'tooLarge',
  'unfound',
  'holdFilters',
  'ownSource',
  'once',
]);
/** Properties that no user reads: small print, and what goes into it, and the headings that imported files have. */
const technicalNames = new Set(['reason', 'headings', 'called']);

/** Statements of SQL and parts of them, markup, requests and headers of HTTP, paths, and keys. */
const isNotation = (text: string): boolean =>
  /\b(SELECT|INSERT|UPDATE|DELETE|PRAGMA|BEGIN|CREATE|ALTER|DROP|COPY|DESCRIBE|UNION|FROM|WHERE|INTO|JOIN|ADD|IN|IS|NOT|NULL|AND|AS|DESC|BY|DATA|ESCAPE)\b/.test(
    text,
  ) ||
  /^\s*(<[!?/a-z]|:root \{)|">\s*<|="|; HttpOnly;|octet_length| = \?/i.test(text) ||
  /^(GET|POST|PATCH|PUT) |^(text\/|attachment;|Authorization:|Content-Type:|private, max-age|gzip,|trusted-types)/.test(
    text,
  ) ||
  /^(\/Applications|[A-Z]:\\)|-----/.test(text);

/** Files with texts of other programs and formats, or with small print that is put together before it is told. */
export const ofOthers: Readonly<Record<string, string>> = {
  'core/client/answer.ts': 'small print of what a server answers',
  'core/client/escapes.ts': 'names of characters in HTML',
  'core/mirror/encryption.ts': 'small print of a snapshot',
  'shared/copy-as.ts': 'programs and commands',
  'shared/masked-documents.ts': 'names in SAML',
};

/** Names and forms that no language changes. */
const sameEverywhere = new Set([
  'Logto Desk',
  'desk: ',
  'GET ',
  'YYYY-MM-DD HH:mm:ss',
  'kim@example.com\n+82 10-1183-4274\nkim.minjun',
  'Logto Management API access',
  // Names that other programs and files have.
  'Application Support',
  'Not Found',
  'SQLite format 3\u0000',
  'demo of ',
  'double precision',
  ' (tenant String, id String, body String, loaded_at UInt64, ',
  'journal key',
  'type officeDocument',
  'type sharedStrings',
  'type styles',
]);
/** Fonts, by the family that ends their list. */
const isFont = (text: string) => /(sans-serif|monospace)$/.test(text);

/** Literal texts of a source file that a user reads, each as JSON, in the order of the file (`renderer/list/Cell.tsx`). */
export const literalsIn = (source: string, path: string): string[] => {
  const found = new Set<string>();
  const tell = (texts: readonly string[], isRead: (text: string) => boolean) => {
    for (const text of texts)
      if (isRead(text) && !sameEverywhere.has(text) && !isFont(text)) found.add(JSON.stringify(text));
  };
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const one of node) walk(one);
      return;
    }
    if (!isNode(node)) return;
    const children = Object.entries(node).filter(([key]) => key !== 'type');
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
      case 'ImportExpression':
      case 'TSLiteralType':
        return;
      case 'JSXElement':
      case 'JSXFragment':
        if (Array.isArray(node.children)) for (const child of node.children) tell(textsOf(child), hasWord);
        break;
      case 'JSXAttribute':
        if (unreadNames.has(named(node.name))) return;
        if (shownNames.has(named(node.name))) tell(textsOf(node.value), hasWord);
        else tell(textsOf(node.value), isProse);
        if (isNode(node.value) && node.value.type === 'JSXExpressionContainer') walk(node.value.expression);
        return;
      case 'Property':
        if (unreadNames.has(named(node.key))) return;
        if (quiet.test(path) && technicalNames.has(named(node.key))) return;
        if (
          !quiet.test(path) &&
          ['label', 'title', 'message', 'placeholder', 'aria-label'].includes(named(node.key))
        )
          tell(textsOf(node.value), hasWord);
        break;
      case 'CallExpression':
      case 'NewExpression': {
        const name = named(node.callee);
        if (unread.has(name)) return;
        if (technical.has(name) && quiet.test(path)) return;
        if (!spoken.test(path) && (logs.has(name) || logs.has(`${ownerOf(node.callee)}.${name}`))) return;
        const from = shownArguments.get(name) ?? shownArguments.get(`${ownerOf(node.callee)}.${name}`);
        if (from !== undefined && Array.isArray(node.arguments))
          for (const argument of node.arguments.slice(from)) tell(textsOf(argument), hasWord);
        break;
      }
      case 'Literal':
      case 'TemplateLiteral':
        tell(
          textsOf(node),
          (text) => isProse(text) && (spoken.test(path) || !(isNotation(text) || path in ofOthers)),
        );
        break;
    }
    for (const [, child] of children) walk(child);
  };
  walk(parseSync(path, source).program);
  return [...found];
};
