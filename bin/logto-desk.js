#!/usr/bin/env node
// Plain JavaScript for any Node, so that an old one gets a sentence and not a syntax error.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 5)) {
  process.stderr.write(`Logto Desk needs Node 24.5 or newer; this is ${process.version}.\n`);
  process.exitCode = 1;
} else import('../out/npm/index.js');
