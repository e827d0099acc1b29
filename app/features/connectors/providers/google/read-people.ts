/** Reads the contacts of a Google account: everything, or what has changed since. */
import {
  type Connection,
  CursorExpired,
  type Json,
  OutOfOrder,
  type Page,
  type Reading,
} from "~/features/connectors/connector";
import { isObject } from "~/features/connectors/reading/answers";
import { turningPages } from "~/features/connectors/reading/turning-pages";
import { groupNames } from "~/features/connectors/providers/google/contact-groups";
import {
  type ConnectionsPage,
  PAGE_SIZE,
  type PeopleApi,
  peopleApi,
  WrongRequest,
} from "~/features/connectors/providers/google/people-api";
import { maskOf } from "~/features/connectors/providers/google/person-fields";
import { type GroupNames, recordsOf } from "~/features/connectors/providers/google/person-records";

interface Place {
  pageToken?: string;
  syncToken?: string;
}

/** A sync token is good for the very fields that it was given with, for seven days after everything was read. */
interface ChangesFrom {
  syncToken: string;
  mask: string;
}

export async function* readPeople(connection: Connection, reading: Reading): AsyncGenerator<Page> {
  const api = await peopleApi(connection);
  const mask = maskOf(reading.fields);
  const names = reading.fields.includes("memberships") ? await groupNames(api) : new Map<string, string>();
  const watch = turningPages("Google");
  let place = startOf(reading, mask);
  if (place.pageToken) watch.toNext(place.pageToken);
  for (let isStored = Boolean(place.pageToken ?? place.syncToken); ; isStored = false) {
    const answer = await pageAt(api, mask, place, isStored);
    const page = pageOf(answer, { reading, names, mask });
    watch.page(page.records.map(({ id }) => id));
    yield page;
    const pageToken = answer.nextPageToken;
    if (!pageToken) return;
    watch.toNext(pageToken);
    place = { ...place, pageToken };
  }
}

function startOf({ how, after }: Reading, mask: string): Place {
  const since = how.kind === "changes" ? readChangesFrom(how.since) : null;
  if (since && since.mask !== mask) {
    throw new CursorExpired("Other fields are read than before, so Google wants everything to be read once more.");
  }
  const pageToken = isObject(after) && typeof after.pageToken === "string" ? after.pageToken : null;
  return { ...(since ? { syncToken: since.syncToken } : {}), ...(pageToken ? { pageToken } : {}) };
}

function readChangesFrom(since: Json): ChangesFrom {
  if (isObject(since) && typeof since.syncToken === "string" && typeof since.mask === "string") {
    return { syncToken: since.syncToken, mask: since.mask };
  }
  throw new CursorExpired("Where reading Google’s changes began is not known any more.");
}

/**
 * All that the first request asks, every later one has to ask, too, also in the next reading. Profiles of Google users
 * are left out: what they say was not written by whoever keeps the contacts.
 * @param isStored the tokens were kept since an earlier reading, so that a refusal may be theirs
 */
async function pageAt(api: PeopleApi, mask: string, place: Place, isStored: boolean): Promise<ConnectionsPage> {
  try {
    return await api.connections({
      resourceName: "people/me",
      personFields: mask,
      sources: ["READ_SOURCE_TYPE_CONTACT"],
      pageSize: PAGE_SIZE,
      requestSyncToken: true,
      ...place,
    });
  } catch (error) {
    if (!(error instanceof WrongRequest) || !isStored) throw error;
    throw new CursorExpired("Google has forgotten what was read before, so everything is read once more.");
  }
}

interface PageFacts {
  reading: Reading;
  names: GroupNames;
  mask: string;
}

function pageOf(answer: ConnectionsPage, { reading, names, mask }: PageFacts): Page {
  const records = (answer.connections ?? []).flatMap((person) => recordsOf(person, reading.fields, names));
  const { nextPageToken, nextSyncToken, totalItems } = answer;
  const isCounted = reading.how.kind === "whole" && typeof totalItems === "number";
  const count = isCounted ? { count: totalItems } : {};
  if (nextPageToken) return { records, after: { pageToken: nextPageToken }, ...count };
  if (!nextSyncToken) throw new OutOfOrder("Google ended its list without saying where to go on next time.");
  return { records, after: null, ...count, changesFrom: { syncToken: nextSyncToken, mask } satisfies ChangesFrom };
}
