import { type Command, InvalidArgumentError } from 'commander';
import { zoneNamed } from '../shared/zone.ts';
import { type Flagged, type OptionsOf, option } from './flagged.ts';
import { say } from './words.ts';

const zoneTyped = (text: string): string => {
  const name = zoneNamed(text);
  if (name === null) throw new InvalidArgumentError(say('zoneExpected'));
  return name;
};

/** Adds the options that stand before any command: the zone in which times are read and shown, and the data folder. */
export const withGlobals = (program: Flagged<[], object>) =>
  program
    .addOption(option('--utc', say('utc')).conflicts('zone'))
    .option('--zone <zone>', say('zone'), zoneTyped)
    .option('--data-dir <dir>', say('dataDir'));

/** What of them a command line gives. */
export const globalsOf = (command: Command) =>
  command.optsWithGlobals<OptionsOf<ReturnType<typeof withGlobals>>>();
