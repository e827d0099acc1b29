import { type ContactKind, contactKinds } from "~/features/contacts/contact";
import { customFilterParams, type CustomFilters, readCustomFilters } from "~/features/contacts/custom/custom-filters";
import { isStorable, oneLine } from "~/features/contacts/values/typed-text";
import { addDays, isDate } from "~/platform/time";

/** What a list of contacts is narrowed by, as its address says it. */

/** The newest so many days; one or both ends of a span of days, in the account's time zone. */
export type DateFilter =
  { last: LastDays; from: null; to: null } | { last: null; from: string | null; to: string | null };
export const lastDays = [7, 30] as const;
export type LastDays = (typeof lastDays)[number];

/** No email, no call, no letters, any of these marks; an address or number on the suppression list; nothing at all against it. */
export const markFilters = ["email", "phone", "letter", "any", "suppressed", "none"] as const;
export type MarkFilter = (typeof markFilters)[number];

export interface ContactFilters {
  kind: ContactKind | null;
  tagId: string | null;
  /** A member's id; `me`: whoever reads; `nobody`. */
  owner: string | null;
  /** As typed: how the city begins, or all of it in quotation marks. */
  city: string;
  marks: MarkFilter | null;
  created: DateFilter | null;
  changed: DateFilter | null;
  archived: boolean;
  /** By the account's own fields. */
  own: CustomFilters;
}

export const noFilters: ContactFilters = {
  kind: null,
  tagId: null,
  owner: null,
  city: "",
  marks: null,
  created: null,
  changed: null,
  archived: false,
  own: {},
};

const MAX_CITY = 100;
const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isIdText(text: string): boolean {
  return idPattern.test(text);
}

export function oneOf<Word extends string>(words: readonly Word[], text: string | null): Word | null {
  return words.find((word) => word === text) ?? null;
}

/** What it does not understand it leaves out. */
export function readFilters(params: URLSearchParams): ContactFilters {
  const [tag, owner] = [params.get("tag") ?? "", params.get("owner") ?? ""];
  const city = params.get("city") ?? "";
  return {
    kind: oneOf(contactKinds, params.get("kind")),
    tagId: isIdText(tag) ? tag : null,
    owner: owner === "me" || owner === "nobody" || isIdText(owner) ? owner : null,
    city: isStorable(city) ? oneLine(city.slice(0, MAX_CITY)) : "",
    marks: oneOf(markFilters, params.get("marks")),
    created: readDates(params, "created"),
    changed: readDates(params, "changed"),
    archived: params.get("archived") === "yes",
    own: readCustomFilters(params),
  };
}

function readDates(params: URLSearchParams, name: "created" | "changed"): DateFilter | null {
  const day = (end: "from" | "to") => {
    const text = params.get(`${name}-${end}`) ?? "";
    return isFilterDate(text) ? text : null;
  };
  const [from, to] = [day("from"), day("to")];
  // Days typed say more than a choice left standing beside them.
  if (from || to) return { last: null, from, to };
  const last = lastDays.find((days) => String(days) === params.get(name));
  return last ? { last, from: null, to: null } : null;
}

/** A date whose neighbours are dates, too, and that both databases hold. */
function isFilterDate(text: string): boolean {
  return isDate(text) && text >= "1000-01-01" && text <= "9000-01-01";
}

/** The filters as an address says them; null: not at all. */
export function filterParams(filters: ContactFilters): Record<string, string | null> {
  return {
    kind: filters.kind,
    tag: filters.tagId,
    owner: filters.owner,
    city: filters.city || null,
    marks: filters.marks,
    ...dateParams("created", filters.created),
    ...dateParams("changed", filters.changed),
    archived: filters.archived ? "yes" : null,
    ...customFilterParams(filters.own),
  };
}

function dateParams(name: "created" | "changed", dates: DateFilter | null): Record<string, string | null> {
  return {
    [name]: dates?.last ? String(dates.last) : null,
    [`${name}-from`]: dates?.from ?? null,
    [`${name}-to`]: dates?.to ?? null,
  };
}

/** The days that are meant, ends included; `today` is a plain date where the account is. */
export function daysOf(dates: DateFilter, today: string): { from: string | null; to: string | null } {
  return dates.last ? { from: addDays(today, 1 - dates.last), to: null } : { from: dates.from, to: dates.to };
}

export function hasFilters(filters: ContactFilters): boolean {
  return Object.values(filterParams(filters)).some((value) => value !== null);
}
