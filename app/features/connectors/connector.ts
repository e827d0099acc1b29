import { type z } from "zod";

/**
 * What the engine must be told about a system that a firm uses, to read from it. A provider is data and a few functions
 * that speak to its API: it sees no database, no queue and no other provider. Tokens, waiting, retries, checkpoints,
 * writing, deletes, receipts and undo are the engine's.
 *
 * One record goes this way: `read` yields it as the API has it (`payload`, kept in the raw zone), `cellsOf` makes it into
 * cells by column, the mapping that a person approved sends columns to fields of the subject, and the subject does the
 * rest, as it does for a row of a file.
 */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export const categories = ["contacts", "shops", "analytics", "taps"] as const;
export type Category = (typeof categories)[number];

export interface Provider {
  /** Also the name of its folder, of its callback's path and of its environment's variables. */
  id: string;
  name: string;
  /** Where others of its name are connected otherwise: "by signing in". */
  way?: string;
  category: Category;
  /** In a sentence: "Contacts of a Google account, with all their labels." */
  reads: string;
  /** In a sentence, what somebody must have to connect it. */
  needs: string;
  /** Words to find it by that are not in its name. */
  words?: readonly string[];
  /** A picture drawn for it, no trademark of anybody's: a whole SVG, 48 by 48, that stands on light and dark alike. */
  logo?: string;
  /** Where to look things up at the provider's own: shown beside settings. */
  help?: string;
  /**
   * Where its API officially begins, by names of its own, without a slash at the end: for `Connection.base`. Absent: the
   * settings say where it is.
   */
  addresses?: Readonly<Record<string, string>>;
  access: OAuthAccess | KeyAccess;
  /** What must be known before connecting, e.g. the address of an own server. Absent: nothing. */
  settings?: SettingsForm;
  /**
   * What it has to read, the first being what people mean by its name. Each is read from its start to its end, in order.
   * Empty where `findStreams` tells: whoever needs a connector's streams asks `streamsOf`.
   */
  streams: readonly Stream[];
  /** For systems that each have streams of their own. What it tells is kept with the connector. @throws Trouble */
  findStreams?(connection: Connection): Promise<readonly Stream[]>;
  /** What the connected account is called: its email, its portal. Shown so that people see whose it is. */
  whose(connection: Connection): Promise<string | null>;
  /** What a comparison of its records has to know of the system. Absent: it says nothing of the kind. @throws Trouble */
  facts?(connection: Connection): Promise<SystemFacts>;
  /** Reads as little as proves that reading works. @throws Trouble */
  test(connection: Connection): Promise<void>;
  /** What can be chosen of a stream. @throws Trouble */
  discover(connection: Connection, streamId: string): Promise<SourceField[]>;
  /** Reads a stream page by page. @throws Trouble */
  read(connection: Connection, reading: Reading): AsyncIterable<Page>;
  /** A payload as cells, by the ids of columns; empty ones are left out. Pure: it is asked again when the mapping changes. */
  cellsOf(streamId: string, payload: JsonObject): ReadonlyMap<string, string>;
  /** Other records that it stands in relation to, e.g. the company somebody works for. Pure. */
  linksOf?(streamId: string, payload: JsonObject): readonly Link[];
  /**
   * For systems that report by day and leave things out: what has been read so far, by where the next reading of changes
   * begins. Null: that is no such cursor. Pure.
   */
  daysRead?(streamId: string, since: Json): DaysRead | null;
  /** Clears away what a process of ours that was killed may have left on this machine. Asked when one starts, and hourly. */
  tidy?(): Promise<void>;
}

/** As far as the system says. */
export interface SystemFacts {
  /** Where it is at home, as the IANA calls it: its days begin there. */
  timeZone: string | null;
  /** ISO 4217: in what its books are kept. */
  currency: string | null;
  /** The connection is shown no more than so many last days. Null: everything. */
  daysShown: number | null;
}

/** By id. */
export type Providers = ReadonlyMap<string, Provider>;

/** OAuth 2.0 authorization code with PKCE: RFC 6749, RFC 7636. */
export interface OAuthAccess {
  kind: "oauth";
  /** Addresses, which settings may have a say in, e.g. Salesforce's sandbox. */
  endpoints(settings: Settings): { authorize: string; token: string; revoke: string | null };
  /** The least that reading needs, read only. */
  scopes: readonly string[];
  /** Between scopes in the address; RFC 6749 has a space. */
  scopeSeparator?: string;
  /** How the client says who it is at the token endpoint. */
  clientAuthentication: "body" | "basic";
  /** Further parameters of the authorize address. */
  extraParameters?: Readonly<Record<string, string>>;
  /** The header that says the token and nothing else. Absent: it is said as a bearer's (RFC 6750). */
  tokenHeader?: string;
  /** Names of what else a token response holds and the provider needs, e.g. `instance_url`. */
  extras?: readonly string[];
  /** How long a token lasts where the response does not say. Absent: until it is refused. */
  tokenSeconds?: number;
  /**
   * Whether a refusal with status 401 is about the token, by its body, so that another might do. Absent: all are.
   */
  isOfTheToken?(body: string): boolean;
  /** Whether it was the provider that sent somebody back with this, by the client's secret. Absent: it signs nothing. */
  isSigned?(said: URLSearchParams, client: { secret: string }): boolean;
  /** What the environment's variables of the client are called: `<prefix>_CLIENT_ID` and `<prefix>_CLIENT_SECRET`. */
  clientPrefix: string;
}

/** Settings that hold a secret stand for an agreement given at the provider. */
export interface KeyAccess {
  kind: "key";
}

export type Settings = Readonly<Record<string, string>>;

/** One form: its fields are drawn from this list and judged by the schema. */
export interface SettingsForm {
  fields: readonly SettingsField[];
  schema: z.ZodType<Settings>;
}

export interface SettingsField {
  name: string;
  label: string;
  hint?: string;
  /** `secret`: encrypted, never shown again. `address`: an https address of the user's own; reached through the guard. */
  type: "text" | "secret" | "address" | "choice";
  choices?: readonly { value: string; label: string }[];
  /** It may be handed in as a file, too, whose text counts then: what files are to be shown, ".json". */
  file?: string;
  /** Folded away: most leave it as it is. */
  advanced?: boolean;
  /** What stands there at first. */
  initial?: string;
  /** It may say where secrets are sent, as all of type `address` do: with another value they have to be typed again. */
  leads?: boolean;
  /** It says whose records are read, as the address of an own server does: with another value ids stand for others. */
  identifies?: boolean;
}

export interface Stream {
  id: string;
  /** "contact", "contacts" */
  noun: { one: string; many: string };
  /** What the pipeline is to make of them. */
  subject: string;
  /** Values of the subject's fields that all of its records have, e.g. the kind of a company. */
  constants?: Readonly<Record<string, string>>;
  /** What all of its records may be said to be, where only people know: by default each is what it says itself. */
  kinds?: readonly StreamKind[];
  /** The id of the one that its name speaks for: they are said to be that unless somebody says otherwise. */
  likelyKind?: string;
  /** Whether the engine may ask for what changed since, or must read it whole each time. */
  changes: boolean;
  /** Whether what a whole reading does not bring is gone. */
  wholeTellsGone: boolean;
  /** It can be read from a day on. */
  hasStart: boolean;
  /** What must have been on that day or after: "were placed". Absent: what there changed. */
  startsWith?: string;
}

export interface StreamKind {
  id: string;
  /** "Companies" */
  label: string;
  /** As a stream's: what its records then have in common. */
  constants: Readonly<Record<string, string>>;
  /** Where columns that look like one field then go instead: a company's name is nobody's full name. */
  instead?: Readonly<Record<string, string>>;
}

/** What can be chosen to be read. */
export interface SourceField {
  id: string;
  label: string;
  /** The heading it stands under. */
  group: string;
  /** Chosen unless somebody says otherwise. */
  usual: boolean;
  /** Records cannot be read without it. */
  always?: boolean;
  columns: readonly SourceColumn[];
}

export interface SourceColumn {
  id: string;
  label: string;
  /** The subject's field that it goes to, as far as the provider's own documents say. */
  goesTo?: string;
}

export interface Connection {
  settings: Settings;
  /** The secret ones among the settings. */
  secrets: Settings;
  /** Of the token response. */
  extras: Readonly<Record<string, Json>>;
  /** One of the provider's `addresses` or, by the environment, what stands for it. Without a slash at the end. */
  base(name: string): string;
  /**
   * As the platform's `fetch`, with a time limit, a limit of size and nothing followed; with OAuth the token is added, and
   * renewed once when it is refused. Answers that are refusals come back as they are: `reading/answers.ts` makes them
   * into trouble.
   */
  fetch(address: string, init?: RequestInit): Promise<Response>;
  /** The same without the token: for a file that an answer says lies elsewhere. */
  fetchElsewhere(address: string, init?: RequestInit): Promise<Response>;
  /**
   * For the libraries that send it themselves. `refused`: the one that the provider did not take, so that it is renewed.
   * @throws GrantEnded
   */
  token(refused?: string): Promise<string>;
  /** Keeps secrets that were replaced while they were used, by their names; `secrets` says them from then on. */
  keep(changed: Settings): Promise<void>;
  now(): string;
  signal: AbortSignal;
}

/** How much of a stream is to be read. */
export interface Reading {
  streamId: string;
  /** Ids of fields. */
  fields: readonly string[];
  /** `whole`, from this day on where one is given; or what `changes` since that cursor. */
  how: { kind: "whole"; start: string | null } | { kind: "changes"; since: Json };
  /** Given: the last page of an interrupted reading; what comes after it is wanted. Was `after` of that page. */
  after: Json | null;
  /**
   * Ids of the stream's records that are stored and not gone, in an order of their own, some thousands of those behind
   * this one, or the first; empty: there are no more. For sources where nothing tells what was deleted. Absent: nothing
   * is stored yet.
   */
  known?(behind: string | null): Promise<readonly string[]>;
}

export interface Page {
  records: readonly SourceRecord[];
  /** What to give as `Reading.after` to go on behind this page; null: nothing comes after it. */
  after: Json | null;
  /** How many records the source says there are, where it does. */
  count?: number;
  /** Where the next reading of changes begins; on the last page. Absent: the stream has no changes. */
  changesFrom?: Json;
  /** Says while everything is read that this is all there is: what it does not bring is gone, whatever the stream says of that. */
  isAll?: boolean;
}

/** Plain dates, by the system's own time zone. */
export interface DaysRead {
  timeZone: string;
  /** The first and the last day that were read; of others nothing is known. */
  from: string;
  through: string;
  /** Days among them of which nothing may be called missing, each with the reasons, in words for people. */
  incomplete: Readonly<Record<string, readonly string[]>>;
  /** What else the system said, last: what may still be asked of it. */
  facts: JsonObject;
}

export type SourceRecord =
  | {
      /** As the source calls it, unique in its stream. */
      id: string;
      /** Nothing but what was read, each by the id of its field, so that what a field brought can be erased by itself. */
      payload: JsonObject;
      /** By the source's clock: ISO 8601 UTC. Null: it does not say. */
      changedAt: string | null;
      /** Under what else it was known: it was renamed at the source. */
      formerIds?: readonly string[];
    }
  | {
      id: string;
      /** Deleted at the source, or merged there into another. */
      gone: "deleted" | "merged";
      /** The id of what it was merged into. */
      into?: string;
      /** The stream of that one, where it is another: a lead that was converted goes on as a contact. */
      intoStream?: string;
    };

export interface Link {
  /** A type of relationship of the subject's, read from this record to the other: `works-for`. */
  type: string;
  streamId: string;
  id: string;
}

/** Something that keeps a reading from going on. The message is for people and says what to do. */
export class Trouble extends Error {
  override name = "Trouble";
}

/** The agreement has ended or was never whole: somebody has to connect again. */
export class GrantEnded extends Trouble {
  override name = "GrantEnded";
}

/** The cursor is no good any more: the stream has to be read whole. */
export class CursorExpired extends Trouble {
  override name = "CursorExpired";
}

/** Too much was asked; later it works. */
export class Throttled extends Trouble {
  override name = "Throttled";
  constructor(
    message: string,
    /** Null: the source does not say how long. */
    readonly waitMs: number | null,
  ) {
    super(message);
  }
}

/** The source does not answer as it should at the moment. It is tried again with growing pauses. */
export class OutOfOrder extends Trouble {
  override name = "OutOfOrder";
}
