import { Command } from 'commander';
import { aboutOf } from '../doors/about.ts';
import { dataDirOf } from '../doors/data-dir.ts';
import { fileLog } from '../doors/file-log.ts';
import { createPhrases } from '../shared/phrases/index.ts';
import { print, printJson } from './output.ts';

/** `desk about` */
export const aboutCommand = () =>
  new Command('about')
    .description('show the version, what runs it, and where the data folder and the log file are')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  desk about --json')
    .action(({ json }: { json?: boolean }, command: Command) => {
      const dataDir = dataDirOf(command.optsWithGlobals<{ dataDir?: string }>().dataDir);
      fileLog(dataDir);
      const about = aboutOf(dataDir);
      if (json) {
        printJson(about);
        return;
      }
      const { t } = createPhrases();
      print(
        [
          `${about.name} ${about.version}`,
          `${t('about.runtime')}: ${about.runtime}`,
          `${t('about.dataDir')}: ${about.dataDir}`,
          `${t('about.logFile')}: ${about.logFile}`,
        ].join('\n'),
      );
    });
