import type { ErrorValue } from '../shared/errors.ts';
import type { RetryPolicy } from './client/retry.ts';
import type { Fetch, TimeLimits } from './client/send.ts';
import type { SettingsStore } from './settings/settings.ts';
import type { Demo } from './tenants/demo.ts';
import type { Keychain } from './tenants/keychain.ts';

export type Log = { info(text: string): void; warn(text: string): void; error(text: string): void };

/** Of a door: its version, what runs it, and where its files are. */
export type About = { name: string; version: string; runtime: string; dataDir: string; logFile: string };

export type CoreDeps = {
  settings: SettingsStore;
  keychain: Keychain;
  fetch: Fetch;
  /** Reaches the public network only; where a proxy is between, the proxy looks names up. */
  fetchPublic: Fetch;
  startDemo: () => Promise<Demo>;
  log: Log;
  /** What this program is and where its files are. */
  about?: About;
  clock?: () => number;
  limits?: TimeLimits;
  /** How long the end waits for answers to changes that left, ms. */
  endMs?: number;
  retry?: RetryPolicy;
  proxied?: (url: string) => boolean;
  /** What a person has to know of the settings file; absent or null when all is well. */
  settingsNotice?: ErrorValue | null;
  /** Where the tenants' mirrors are, and the program that works on them. */
  mirror: { folder: string; worker: URL; expressionMs?: number };
  /** Where the journals of changes are. */
  journals: string;
  /** Where things are made that nobody else may see half-made or plain. */
  scratch: string;
  /** The program that makes Excel and Parquet files out of their rows. */
  converter: URL;
  lookup?: (host: string) => Promise<string[]>;
};
