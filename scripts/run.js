// Plain JavaScript for any Node, and without any package: what is missing gets a sentence and not a stack trace.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const has = (name) => existsSync(join(root, 'node_modules', name, 'package.json'));
const [major, minor] = process.versions.node.split('.').map(Number);

const missing = () => {
  if (!existsSync(join(root, 'node_modules'))) return 'Logto Desk needs its packages: run npm ci first.';
  if (!has('commander') || !has('zod') || !has('keytar'))
    return 'Packages of Logto Desk are missing: run npm ci, without --omit=dev.';
  if (major < 24 || (major === 24 && minor < 5))
    return `Logto Desk needs Node 24.5 or newer; this is ${process.version}. Start it by npm run: its packages bring a Node.`;
  return null;
};

const sentence = missing();
if (sentence) {
  console.error(sentence);
  process.exitCode = 1;
} else {
  const [, , program, ...words] = process.argv;
  process.argv = [process.argv[0], join(root, program), ...words];
  await import(pathToFileURL(join(root, program)).href);
}
