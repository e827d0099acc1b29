import { type ChangeEntry } from "~/features/changes/changes.server";
import { type CanonicalRow, type LoadOutcome, type Met, type Refusal } from "~/features/pipeline/subject";
import { type WritingRules } from "~/features/pipeline/subject-rules";
import { type Scratch } from "~/platform/db/scratch.server";
import { type Scope } from "~/platform/scope.server";

/**
 * What the pipeline must be told of a subject besides, to keep it like a source that knows its records by name: they are
 * known again however they have changed, each version takes the place of the one before, and what is gone goes here, too.
 * All of it runs inside a batch's transaction and awaits nothing but the database.
 */
export interface Sourced<Canonical> {
  /** The verb of the change set and the audit event, e.g. `contacts.synced`. */
  action: string;
  load(scope: Scope, load: SourcedLoad<Canonical>): Promise<SourcedLoaded>;
  /** Loads that write nothing, and need no transaction; what they would have written is remembered in the store. */
  rehearse(scratch: Scratch): SourcedRehearsal<Canonical>;
  /** Takes back what records said that are gone at the source. */
  withdraw(scope: Scope, gone: SourcedGone): Promise<SourcedWithdrawn>;
  /** Says how records stand to one another, and takes back what the source says no longer. */
  relate(scope: Scope, relating: SourcedRelating): Promise<SourcedRelated>;
  /** Which runs have made something of versions, each of which several may have. */
  takenIn(scope: Scope, rawRecordIds: readonly string[]): Promise<TakenIn[]>;
  /**
   * Before `erase`, in its transaction: nobody else changes what versions are of, or names it, until that ends. Ids of what
   * refusals may name by what the versions do not say any more.
   */
  holdNamed(scope: Scope, versions: readonly ErasedVersion<Canonical>[]): Promise<readonly string[]>;
  /** Takes out of versions, and of all that was made of them, what they do not say any more: for good. Ids of what went with it. */
  erase(scope: Scope, versions: readonly ErasedVersion<Canonical>[]): Promise<readonly string[]>;
}

/** What would become of records, batch by batch: later ones meet what earlier ones would have written. */
export interface SourcedRehearsal<Canonical> {
  load(scope: Scope, load: SourcedLoad<Canonical>): Promise<SourcedRehearsed>;
}

export interface SourcedRehearsed {
  /** One for each row, in order. */
  outcomes: LoadOutcome[];
  /** What each row is of, where that was there before; null for what the trial itself brings in, and for refused ones. */
  met: (Met | null)[];
}

/** A version in the raw zone that a run has made something of. */
export interface TakenIn {
  rawRecordId: string;
  runId: string;
}

export interface ErasedVersion<Canonical> extends TakenIn {
  /** As that run took it in. */
  before: Canonical;
  after: Canonical;
  /** Of `after`. */
  hash: string;
}

export type Entry = Omit<ChangeEntry, "position">;

interface Entries {
  /** What changed, as the subject's other commands tell it. */
  entries: Entry[];
}

/** A row of which the source's own name is known. */
export interface SourcedRow<Canonical> extends CanonicalRow<Canonical> {
  sourceRecordId: string;
  /** The source's own name for it. */
  remoteId: string;
  /** Nothing of it was ever here. */
  isNew: boolean;
  /** When the source says so; ISO 8601 UTC, never later than the run. */
  saidAt: string;
  /** What it belonged to when it was last taken in; null: it never was, or that was undone. */
  was: string | null;
  /** Since when it was gone at the source; null: it was there all the time. */
  goneAt: string | null;
}

export interface SourcedLoad<Canonical> {
  runId: string;
  connectorId: string;
  /** How the source is called. */
  sourceName: string;
  startedAt: string;
  startedBy: string | null;
  rules: WritingRules;
  rows: readonly SourcedRow<Canonical>[];
}

/**
 * What became of a row. `kept`: it is stored, though nothing visible changed. `left`: the rules of writing keep it out, or
 * what it belongs to was deleted here; then `subjectId` is null.
 */
export type SourcedOutcome =
  | { kind: "new" | "changed" | "kept"; subjectId: string; remarks: readonly string[] }
  | { kind: "left"; subjectId: string | null; remarks: readonly string[] }
  | { kind: "refused"; refusals: Refusal[] };

interface SourcedLoaded extends Entries {
  /** One for each row, in order. */
  outcomes: SourcedOutcome[];
}

export interface SourcedGone {
  runId: string;
  sourceName: string;
  at: string;
  startedBy: string | null;
  records: readonly {
    sourceRecordId: string;
    /** What it was merged into at the source, where that is known here. */
    intoSourceRecordId: string | null;
  }[];
  /** Source records that are going as well, be it in another batch: they stand for nobody. */
  alsoGoing: readonly string[];
  /** Of what the run has followed before: the positions of the first and the last entry that tell of it, by stream. */
  told: readonly (readonly [first: number, last: number])[];
}

interface SourcedWithdrawn extends Entries {
  /** Of which something else stands here: those whose record alone was withdrawn. */
  stays: ReadonlySet<string>;
  /** Of how many of the records something stood here. */
  stood: number;
  /** How many of the subject were archived, and how many say less than they did. */
  archived: number;
  lessened: number;
  unmoved: number;
}

export interface Relation {
  type: string;
  fromSourceRecordId: string;
  toSourceRecordId: string;
}

export interface SourcedRelating {
  at: string;
  /** To be said, where nobody says so already. */
  wanted: readonly Relation[];
  /** What was made once and is to be taken back, unless a person has changed it since or another record says it, too. */
  dropped: readonly { id: string; type: string }[];
}

interface SourcedRelated extends Entries {
  /** One for each that is wanted: the id of what was made; null: it stands already, or one of the two is not there. */
  made: (string | null)[];
  /** How many were taken back. */
  takenBack: number;
}
