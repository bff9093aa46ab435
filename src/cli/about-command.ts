import { aboutOf } from '../doors/about.ts';
import { dataDirOf } from '../doors/data-dir.ts';
import { fileLog } from '../doors/file-log.ts';
import { flagged } from './flagged.ts';
import { globalsOf } from './globals.ts';
import { print, printJson } from './output.ts';
import { examples, phrases, say } from './words.ts';

/** `desk about` */
export const aboutCommand = () =>
  flagged('about')
    .description(say('about.description'))
    .option('--json', say('json'))
    .addHelpText('after', examples('desk about --json'))
    .action(({ json }, command) => {
      const dataDir = dataDirOf(globalsOf(command).dataDir);
      fileLog(dataDir);
      const about = aboutOf(dataDir);
      if (json) {
        printJson(about);
        return;
      }
      const { t } = phrases;
      print(
        [
          `${about.name} ${about.version}`,
          `${t('about.runtime')}: ${about.runtime}`,
          `${t('about.dataDir')}: ${about.dataDir}`,
          `${t('about.logFile')}: ${about.logFile}`,
        ].join('\n'),
      );
    });
