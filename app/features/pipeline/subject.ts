import { type Scratch } from "~/platform/db/scratch.server";
import { type Sourced } from "~/features/pipeline/subject-sourced";
import { type Matching, type RuleField, type WritingRules } from "~/features/pipeline/subject-rules";
import { type Scope } from "~/platform/scope.server";
import { type Place } from "~/platform/time";

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
  /** Whether a value looks like this field's and hardly like anything else, to guess columns whose names say nothing. */
  looksLike?: (value: string) => boolean;
  /** What values that look so are called: "emails". */
  valuesCalled?: string;
  /** What its values look like, though others may, too. */
  resembles?: Likeness;
  /** Where nearly all values resemble it, they outweigh a column's name. */
  telling?: boolean;
  /** Values alone are not enough: many a column holds dates. */
  onlyNamed?: boolean;
  /** A part of a column's name does not say it: the name of a product is no name. */
  onlyWhole?: boolean;
  /** Any text may stand in it: its values say nothing against its name. */
  anyText?: boolean;
  /** The list that it is a part of, with others: work and home phones. */
  list?: string;
  /** Its values are days, so that it matters in which order they are written. */
  isDate?: boolean;
  /** Not offered to choose from: only known layouts bring it. */
  unlisted?: boolean;
}

export interface Likeness {
  is(value: string): boolean;
  /** "full names" */
  plural: string;
  /** The share of values that must, from 0 to 1. */
  enough?: number;
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
  /** The records that the reason names, each “so”, in its order. Absent: it names none. */
  fits?: readonly FittingRecord[];
}

export interface FittingRecord {
  id: string;
  /** As the reason has it, without the quotation marks. */
  name: string;
}

/** How the rows of one run are read; made once a run, so that it may remember what it has worked out. */
export interface RowReader<Canonical> {
  validate(row: MappedRow): Refusal[];
  /** Only for rows that `validate` let pass. Equal content gives equal JSON, property order included. */
  normalise(row: MappedRow): Canonical;
  /** The part of it by which a row is known again; absent: all of it. */
  core?(canonical: Canonical): unknown;
  /** What a field of the row says as a plain date; null where it says none. For rules about dates. */
  dateOf?(row: MappedRow, field: string): string | null;
  /** One spelling for all that say the same in a field, like DE for Germany. For rules about what may stand there. */
  sameAs?(field: string, text: string): string;
}

/** Something of a record that an account's own rules can be about, whichever columns say it. */
export interface CheckedField {
  id: string;
  label: string;
  /** Ids of fields. */
  fields: readonly string[];
  of: "text" | "date" | "number";
  /** A cell may hold several values, set apart by commas, semicolons or lines. */
  many: boolean;
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
  /** Kept out by the rules of writing; the record it would have been of, if there is one. Counted as the same. */
  | ({ kind: "left"; subjectId: string | null } & Remarked)
  | { kind: "refused"; refusals: Refusal[] };

interface Remarked {
  /** Names of what else there is to say: see the subject's `remarks`. */
  remarks?: readonly string[];
}

/**
 * What would become of a row if it were loaded now. `name` is the record's that is there already; null for a new one.
 * What the rules keep out is the same, with a remark that says so.
 */
export type Trial =
  | {
      kind: "new" | "changed" | "same";
      subjectId: string | null;
      name: string | null;
      remarks: readonly string[];
      /** The rules keep it out. */
      isLeft?: boolean;
    }
  | { kind: "refused"; refusals: Refusal[] };

export interface Load<Canonical> {
  runId: string;
  /** The instant all rows of the run share: when the run began. */
  observedAt: string;
  startedBy: string | null;
  rules: WritingRules;
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
  /** Of a list that keeps some of what it was, part by part. */
  list?: { gone: string[]; now: { text: string; isNew: boolean }[] };
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
  /** What becomes of columns that it does not name: they are left out, or go where their names say. */
  rest?: "by-name";
  /** Whether a value of a column without a field is nothing to miss: what others say already, or what always stands there. */
  saysNothing?(column: string, value: string): boolean;
}

export interface ReaderSettings {
  /** ISO 3166-1 alpha-2: where phone numbers without a country code are at home, and dates are written as they are there. */
  phoneCountry: string;
  /** BCP 47 */
  locale?: string;
  /** Plain date. */
  today?: string;
  /** For each column the field it goes to; "" for none. */
  mapping?: readonly string[];
  /** How dates of figures only are written; absent: as in the country of the phone numbers. */
  dateOrder?: DateOrder;
  /** Days may have come as the numbers that spreadsheets keep. */
  dayNumbers?: boolean;
  /** What stands before the decimals; absent: nobody has said, and what could be read in two ways is not. */
  decimalMark?: "." | ",";
  /** Where clocks are that say nothing of it themselves. */
  timeZone?: string;
}

export type DateOrder = "day-first" | "month-first" | "year-first";

/** Something read from a file's values, and in words how. */
export interface Found<Value> {
  value: Value;
  why: string;
  /** Somebody should look. */
  unsure: boolean;
}

/** What the values of a file tell of where it comes from; null where they tell nothing. */
export interface PlaceFound {
  phoneCountry: Found<string> | null;
  dateOrder: Found<DateOrder> | null;
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
  /** @param columns the fields that columns go to, with some hundred of their values */
  placeOf(
    columns: readonly { field: string; values: readonly string[] }[],
    home: { phoneCountry: string; locale: string },
  ): PlaceFound;
  reader(settings: ReaderSettings): RowReader<Canonical>;
  /** What an account's own rules can be about; absent: each field by itself. */
  checked?: readonly CheckedField[];
  /** A record as it will be stored, as the account writes it, for the check before an import: labels and texts. */
  describe(canonical: Canonical, account: Place & { phoneCountry: string }): { label: string; text: string }[];
  /** How rows may be matched with the records that are there: the first is usual. */
  matchings: readonly Matching[];
  /** What columns of this mapping write of a record, each once: what a rule can be given for. */
  ruleFields(mapping: readonly string[]): RuleField[];
  /** What may be said of rows that were taken, by name. */
  remarks: Readonly<Record<string, SubjectRemark>>;
  /** Rows refused by this rule are tried again when everything else is in; null: none are. */
  retryRule: string | null;
  /** Writes a batch. Runs inside the batch's transaction: awaits nothing but the database. */
  load(scope: Scope, load: Load<Canonical>): Promise<LoadResult>;
  /** How it is kept like a source that knows its records by name; absent: it comes from files only. */
  sourced?: Sourced<Canonical>;
  /** Loads that write nothing; what they would have written is remembered in the store, however much it is. */
  rehearse(scratch: Scratch): Rehearsal<Canonical>;
  /** A change field by field, as the account writes it. */
  describeChange(change: Change, account: Place & { phoneCountry: string }): FieldChange[];
  /** What `load` would do with these rows now, one for each; writes nothing. */
  tryOut(scope: Scope, rows: readonly CanonicalRow<Canonical>[], rules: WritingRules): Promise<Trial[]>;
  /** How a field is made on the spot; absent: there are only those that there are. */
  newFields?: NewFields;
  /** The same for one account, with the fields of its own; absent: it is alike for all. See `subjectFor`. */
  forAccount?(scope: Scope): Promise<Subject<Canonical>>;
}

/** Fields that an account can add to those of the subject, called as a column is. */
export interface NewFields {
  types: readonly { id: string; label: string }[];
  /** Within a transaction. Says in a sentence why it cannot be. */
  add(
    scope: Scope,
    field: { name: string; type: string },
  ): Promise<{ ok: true; fieldId: string } | { ok: false; reason: string }>;
}

/** The pipeline handles canonical records without looking inside. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each subject has its own canonical type
export type AnySubject = Subject<any>;
export type Subjects = Readonly<Record<string, AnySubject>>;
