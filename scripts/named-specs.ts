const withValue = new Set(
  '-c --config -g --grep --grep-invert --global-timeout -j --workers --max-failures --output --project --repeat-each --reporter --retries --shard --timeout --trace --tsconfig -u'.split(
    ' ',
  ),
);

/** Playwright looks for a spec's name in its whole path, the folders of the checkout among it: here it is the file's name. */
export const namedSpecs = (args: readonly string[]): string[] =>
  args.map((arg, at) =>
    arg.startsWith('-') || withValue.has(args[at - 1] ?? '') || arg.includes('/') ? arg : `/e2e/[^/]*${arg}`,
  );
