import pack from '../../../package.json' with { type: 'json' };
import { isComplete } from '../../shared/complete.ts';
import type { Profile } from '../../shared/profile.ts';
import { type Query, urlOf } from '../../shared/query.ts';
import type { HarvestReport } from '../harvest/report.ts';
import type { CountsAsked } from '../rows/counts-asked.ts';

/** What lies beside an export, so that whoever gets it can tell what it is, and that it is whole. */
export type Manifest = {
  kind: 'logto-desk-export';
  version: 1;
  app: string;
  tenant: { name: string; endpoint: string };
  /** The view as its address, without the tenant. */
  view: string;
  format: string;
  columns: string[] | 'all';
  /** IANA name of the zone of times in CSV and Excel files. */
  zone: string;
  /** Set where rows were counted: by what. */
  counts?: CountsAsked;
  /** Set where the file has the list of this id below each of the view's rows. */
  below?: string;
  startedAt: string;
  endedAt: string;
  file: { name: string; bytes: number; sha256: string; rows: number };
  complete: boolean;
  report: HarvestReport;
};

export type ManifestOf = {
  profile: Profile;
  query: Query;
  format: string;
  columns: string[] | 'all';
  zone: string;
  counts?: CountsAsked;
  below?: string;
  /** Unix ms. */
  startedAt: number;
  endedAt: number;
  file: Manifest['file'];
  report: HarvestReport;
};

/** The view as its address, without the tenant. */
export const viewOf = (query: Query): string =>
  urlOf(query).slice(encodeURIComponent(query.profile).length + 1);

/** The manifest's text. */
export const manifestText = ({ profile, query, startedAt, endedAt, report, ...rest }: ManifestOf): string => {
  const manifest: Manifest = {
    kind: 'logto-desk-export',
    version: 1,
    app: `${pack.productName} ${pack.version}`,
    tenant: { name: profile.name, endpoint: profile.endpoint },
    view: viewOf(query),
    ...rest,
    startedAt: new Date(startedAt).toISOString(),
    endedAt: new Date(endedAt).toISOString(),
    complete: isComplete(report),
    report,
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
};

/** Where the manifest of an export lies. */
export const manifestPathOf = (path: string): string => `${path}.manifest.json`;
