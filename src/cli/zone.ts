import type { Command } from 'commander';
import type { Core } from '../core/core.ts';
import { zoneName } from '../shared/zone.ts';
import { globalsOf } from './globals.ts';

/** The IANA name of the zone of a command line. */
export const zoneFor = (command: Command, { settings }: Pick<Core, 'settings'>): string => {
  const { utc, zone } = globalsOf(command);
  return zone ?? zoneName(utc ? 'utc' : settings.preferences.zone);
};
