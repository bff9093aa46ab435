import pack from '../../package.json' with { type: 'json' };
import type { About } from '../core/deps.ts';
import { logFileOf } from './data-dir.ts';

/** What a door is, for whoever has to say which one they use. */
export const aboutOf = (dataDir: string): About => {
  const { electron, node } = process.versions;
  return {
    name: pack.productName,
    version: pack.version,
    runtime: `${electron ? `Electron ${electron}, ` : ''}Node ${node}, ${process.platform} ${process.arch}`,
    dataDir,
    logFile: logFileOf(dataDir),
  };
};

/** One line of it. */
export const versionLine = (): string => {
  const { name, version, runtime } = aboutOf('');
  return `${name} ${version} (${runtime})`;
};
