import { type Scope } from "~/platform/scope.server";

/**
 * What a run reads from that knows its records by name. The pipeline knows no provider: `connectors` hands in one of these,
 * and the stages ask nothing else of it.
 */
export interface RecordSource {
  /** Reads one stream page by page, each page behind the one before it. @throws ReadingEnded */
  pages(reading: StreamReading): AsyncIterable<SourcePage>;
  /** What a record says, by the ids of columns; empty ones are left out. Pure. */
  cellsOf(streamId: string, payload: Payload): ReadonlyMap<string, string>;
  /** Whether any of its records says that it stands in relation to others. */
  hasLinks: boolean;
  /** What it says that it stands in relation to. Pure. */
  linksOf(streamId: string, payload: Payload): readonly SourceLink[];
  /** In the transaction of each batch. @throws RunStopped where nothing must be stored any more */
  mayGoOn(scope: Scope): Promise<void>;
  /** A stream was read to its end and all of it is settled; in the same transaction. */
  streamDone(scope: Scope, done: { streamId: string; changesFrom: SourceJson | undefined }): Promise<void>;
  /** The source said "later": asks for the run to be gone on with then; in the same transaction. */
  comeBack(scope: Scope, later: { runId: string; at: string }): Promise<void>;
  /** The run is about to end: holds what has to be held before a run is; first of all in the transaction of its end. */
  ends(scope: Scope): Promise<void>;
  /** How the run ended; in the transaction of its end. */
  ended(scope: Scope, end: SourceEnd): Promise<void>;
}

export type SourceJson =
  string | number | boolean | null | readonly SourceJson[] | { readonly [key: string]: SourceJson };

/** What a record holds, by the ids of fields. */
export type Payload = { readonly [key: string]: SourceJson };

export interface StreamReading {
  streamId: string;
  how: { kind: "whole"; start: string | null } | { kind: "changes"; since: SourceJson };
  /** Behind which page; null: from the first. */
  after: SourceJson | null;
  /** Ids of its records that are stored and not gone, some thousands behind this one, or the first. */
  known(behind: string | null): Promise<readonly string[]>;
  signal: AbortSignal;
}

export interface SourcePage {
  records: readonly SourceItem[];
  /** What stands behind this page; null: nothing does. */
  after: SourceJson | null;
  /** How many records the source says there are, where it does. */
  count?: number;
  /** Where the next reading of changes begins; on the last page. */
  changesFrom?: SourceJson;
  /** What a whole reading does not bring is gone, whatever is known of the stream. */
  isAll?: boolean;
}

export type SourceItem = LiveItem | GoneItem;

export interface LiveItem {
  id: string;
  payload: Payload;
  /** By the source's clock. */
  changedAt: string | null;
  /** Under what else it was known. */
  formerIds?: readonly string[];
}

export interface GoneItem {
  id: string;
  gone: "deleted" | "merged";
  into?: string;
  /** The stream of that one, where it is another. */
  intoStream?: string;
}

export interface SourceLink {
  /** A type of relationship of the subject's, read from this record to the other. */
  type: string;
  streamId: string;
  id: string;
}

export interface SourceEnd {
  runId: string;
  startedAt: string;
  state: "done" | "attention" | "failed" | "cancelled";
  /** Somebody has to agree at the source again: why, in a sentence. */
  grantEnded: string | null;
  /** A brake stopped it. */
  question: BrakeQuestion | null;
}

/** What a brake wants to know before it goes on. */
export interface BrakeQuestion {
  /** `nothing`: the source showed no records at all where there were some. */
  kind: "nothing" | "much";
  gone: number;
  /** Versions that take something away. */
  blanked: number;
  /** How many records there were before. */
  known: number;
}

/**
 * Why a reading does not go on. `expired`: the cursor is no good any more; `later`: after `waitMs` (null: the source does
 * not say how long); `grant`: somebody has to connect it again; `failed`: a person should look. The message is for people.
 */
export class ReadingEnded extends Error {
  override name = "ReadingEnded";
  constructor(
    message: string,
    readonly why: "expired" | "later" | "grant" | "failed",
    readonly waitMs: number | null = null,
  ) {
    super(message);
  }
}
