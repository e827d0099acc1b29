/** What of a campaign's list is looked at, as its address says it: `?show=pending&find=okafor&after=…`. */
import { type Response, responses } from "~/features/campaigns/campaign";
import { isStorable } from "~/features/contacts/values/typed-text";
import { type Walk } from "~/platform/keyset-page";

export type Shows = "all" | "left-out" | Response;

export interface RecipientPlace {
  nameKey: string;
  contactId: string;
}

export interface RecipientCursor extends Walk, RecipientPlace {}

export interface ListAddress {
  shows: Shows;
  /** Words of a name; "" for everybody. */
  find: string;
  cursor: RecipientCursor | null;
}

const MOST_LETTERS = 200;
const id = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function readListAddress(params: URLSearchParams): ListAddress {
  const show = params.get("show");
  const find = (params.get("find") ?? "").trim().slice(0, MOST_LETTERS);
  return {
    shows: show === "left-out" ? show : (responses.find((each) => each === show) ?? "all"),
    find: isStorable(find) ? find : "",
    cursor: readCursor(params),
  };
}

function readCursor(params: URLSearchParams): RecipientCursor | null {
  const direction = params.has("after") ? "next" : "previous";
  const [contactId = "", place = "", ...rest] = (params.get("after") ?? params.get("before") ?? "").split("~");
  const nameKey = rest.join("~");
  if (!id.test(contactId) || !/^\d{1,9}$/.test(place) || !isStorable(nameKey)) return null;
  return { direction, nameKey, contactId, place: Number(place) };
}

/** "" for the beginning of the whole list, else with its question mark. */
export function listQuery({ shows, find, cursor }: ListAddress): string {
  const query = new URLSearchParams();
  if (shows !== "all") query.set("show", shows);
  if (find !== "") query.set("find", find);
  if (cursor) {
    const { direction, contactId, place, nameKey } = cursor;
    query.set(direction === "next" ? "after" : "before", `${contactId}~${place}~${nameKey}`);
  }
  return query.size > 0 ? `?${query.toString()}` : "";
}
