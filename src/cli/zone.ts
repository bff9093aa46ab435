import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Core } from '../core/core.ts';
import { zoneName, zoneNamed } from '../shared/zone.ts';
import { say } from './words.ts';

const zoneTyped = (text: string): string => {
  const name = zoneNamed(text);
  if (name === null) throw new InvalidArgumentError(say('zoneExpected'));
  return name;
};

/** Adds the options that choose the zone in which times are read and shown. */
export const withZone = (program: Command): Command =>
  program
    .addOption(new Option('--utc', say('utc')).conflicts('zone'))
    .addOption(new Option('--zone <zone>', say('zone')).argParser(zoneTyped));

/** The IANA name of the zone of a command line. */
export const zoneFor = (command: Command, { settings }: Pick<Core, 'settings'>): string => {
  const { utc, zone } = command.optsWithGlobals<{ utc?: boolean; zone?: string }>();
  return zone ?? zoneName(utc ? 'utc' : settings.preferences.zone);
};
