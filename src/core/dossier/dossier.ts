import type { SectionError, SectionState } from '../../shared/dossier.ts';
import type { ErrorValue } from '../../shared/errors.ts';
import type { Row } from '../../shared/row.ts';
import type { HarvestReport } from '../harvest/report.ts';

/** A part of what is known of a user: the rows of a list, or of that list below several rows. */
export type Section = {
  /** Names the section for good: the list's id. */
  id: string;
  state: SectionState;
  /** With `parentId` and `parentName` where the list is nested under several rows. */
  rows: Row[];
  report: HarvestReport;
  errors: SectionError[];
};

/** What a section came to. */
export type SectionSummary = Omit<Section, 'rows'> & { count: number };

/** What a dossier is of, and how much of it there is. Times in ISO 8601. */
export type DossierManifest = {
  app: string;
  tenant: { name: string; endpoint: string };
  user: { id: string; name: string };
  /** Who answered. */
  source: 'server' | 'copy' | 'snapshot';
  /** The oldest time at which what the copy or snapshot answered was read from the server; null of a server. */
  asOf: string | null;
  startedAt: string;
  endedAt: string;
  /** IANA name of the zone of times in the HTML file; in JSON they are as the server has them. */
  zone: string;
  /** True only where every section is proved whole, or the tenant does not have it, and the user was still there at the end. */
  complete: boolean;
  /** Set where the user was no longer there, or could not be read, when everything else had been. */
  userAtEnd: ErrorValue | null;
  sections: SectionSummary[];
};

/** Everything known of one user, with secrets masked. The shape of the JSON file. */
export type Dossier = {
  kind: 'logto-desk-dossier';
  version: 1;
  manifest: DossierManifest;
  user: Row;
  /** Rows by section. */
  sections: Record<string, Row[]>;
  /** What the ids in rows are called, by list and id; of other users nothing is said. */
  names: Record<string, Record<string, string>>;
};
