import { type Scratch } from "~/platform/db/scratch.server";
import { type Scope } from "~/platform/scope.server";

/**
 * What the pipeline must be told about a kind of record (contacts now, orders and others later) to bring it in. The
 * stages know nothing else of it; `composition.server.ts` joins the two.
 */

/** A field that a column can go to. */
export interface SubjectField {
  id: string;
  label: string;
  /** Several columns may go to it: emails, phones, tags. */
  many: boolean;
  /** Folded column names that mean it, in several languages. */
  words: readonly string[];
  /** Whether a value looks like this field's, to guess columns whose names say nothing. */
  looksLike?: (value: string) => boolean;
}

export interface MappedCell {
  /** The column's name in the file. */
  column: string;
  text: string;
  /** The column's place in the file, from 0. */
  index: number;
}

/** One row after mapping: its cells that are not empty, by field. */
export type MappedRow = ReadonlyMap<string, readonly MappedCell[]>;

/** Why a row, or a cell of it, is not taken. Kept beside the row. */
export interface Refusal {
  column: string | null;
  value: string | null;
  /** A sentence for people that says what to do. */
  reason: string;
  /** The rule's name, to count and to test by. */
  rule: string;
}

/** How the rows of one run are read; made once a run, so that it may remember what it has worked out. */
export interface RowReader<Canonical> {
  validate(row: MappedRow): Refusal[];
  /** Only for rows that `validate` let pass. Equal content gives equal JSON, property order included. */
  normalise(row: MappedRow): Canonical;
}

export interface CanonicalRow<Canonical> {
  /** The row's place in its run; for a file its line. */
  position: number;
  rawRecordId: string;
  canonical: Canonical;
  /** SHA-256 of the canonical JSON: equal content, equal hash. */
  hash: string;
}

export interface Change {
  subjectId: string;
  /** What the change entry says: shaped as the subject's other commands shape theirs. */
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

/**
 * What became of a row. `kept`: a record was stored though nothing visible changed. `same`: nothing was stored; if a
 * later row of the same run changes the same subject, the row is taken up again (`earlierRows`).
 */
export type LoadOutcome =
  | ({ kind: "new" | "changed" } & Change & Remarked)
  | ({ kind: "kept" | "same"; subjectId: string } & Remarked)
  | { kind: "refused"; refusals: Refusal[] };

interface Remarked {
  /** Names of what else there is to say: see the subject's `remarks`. */
  remarks?: readonly string[];
}

/** What would become of a row if it were loaded now. `name` is the record's that is there already; null for a new one. */
export type Trial =
  | { kind: "new" | "changed" | "same"; subjectId: string | null; name: string | null; remarks: readonly string[] }
  | { kind: "refused"; refusals: Refusal[] };

export interface Load<Canonical> {
  runId: string;
  /** The instant all rows of the run share: when the run began. */
  observedAt: string;
  startedBy: string | null;
  rows: readonly CanonicalRow<Canonical>[];
  /** Rows of this run, from before this batch, that came out `same` for these subjects. */
  earlierRows(subjectIds: readonly string[]): Promise<{ subjectId: string; row: CanonicalRow<Canonical> }[]>;
}

export interface LoadResult {
  /** One for each row, in order. */
  outcomes: LoadOutcome[];
  /** The raw records of those `earlierRows` that have been stored after all. */
  takenUp: string[];
}

/** A record that was there before the run, met by a row of its trial. */
export interface Met {
  id: string;
  name: string;
  /** The row takes away something that it says. */
  isBlanked: boolean;
}

export interface RehearsedLoad extends LoadResult {
  /** One for each row; null for what the run itself brings in, and for refused rows. */
  met: (Met | null)[];
  /** The runs that brought the very same rows in before, with how many of these rows. */
  known: { runId: string; rows: number }[];
}

/** What would become of the rows of a run, batch by batch: later rows meet what earlier ones would have written. */
export interface Rehearsal<Canonical> {
  /** As `Subject.load`, but writes nothing, and needs no transaction. */
  load(scope: Scope, load: Load<Canonical>): Promise<RehearsedLoad>;
}

export interface FieldChange {
  label: string;
  /** "" stands for nothing. */
  before: string;
  after: string;
}

export interface SubjectRemark {
  /** Of one row, in a word or two. */
  short: string;
  sentence(rows: number, locale: string): string;
  /** The query of the list in which such records stand; null if there is none. */
  query: string | null;
}

/** The columns that a program always writes alike. */
export interface KnownLayout {
  /** Whose it is: "Google Contacts". */
  name: string;
  /** A field for each column, "" for none; null where these are not its columns. */
  mappingOf(columns: readonly string[]): string[] | null;
}

export interface ReaderSettings {
  /** ISO 3166-1 alpha-2: where phone numbers without a country code are at home, and dates are written as they are there. */
  phoneCountry: string;
  /** BCP 47 */
  locale?: string;
  /** Plain date. */
  today?: string;
}

export interface Subject<Canonical> {
  id: string;
  /** "contact", "contacts" */
  noun: { one: string; many: string };
  /** What its change entries call it. */
  kind: string;
  /** The verb of the change set and the audit event, e.g. `contacts.imported`. */
  action: string;
  fields: readonly SubjectField[];
  /** What other programs write, which is told by its columns. */
  layouts: readonly KnownLayout[];
  reader(settings: ReaderSettings): RowReader<Canonical>;
  /** A record as it will be stored, as the account writes it, for the check before an import: labels and texts. */
  describe(canonical: Canonical, account: { locale: string; phoneCountry: string }): { label: string; text: string }[];
  /** What may be said of rows that were taken, by name. */
  remarks: Readonly<Record<string, SubjectRemark>>;
  /** Rows refused by this rule are tried again when everything else is in; null: none are. */
  retryRule: string | null;
  /** Writes a batch. Runs inside the batch's transaction: awaits nothing but the database. */
  load(scope: Scope, load: Load<Canonical>): Promise<LoadResult>;
  /** Loads that write nothing; what they would have written is remembered in the store, however much it is. */
  rehearse(scratch: Scratch): Rehearsal<Canonical>;
  /** A change field by field, as the account writes it. */
  describeChange(change: Change, account: { locale: string; phoneCountry: string }): FieldChange[];
  /** What `load` would do with these rows now, one for each; writes nothing. */
  tryOut(scope: Scope, rows: readonly CanonicalRow<Canonical>[]): Promise<Trial[]>;
}

/** The pipeline handles canonical records without looking inside. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each subject has its own canonical type
export type AnySubject = Subject<any>;
export type Subjects = Readonly<Record<string, AnySubject>>;
