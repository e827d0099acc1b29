/** The filters of a list in words, each of which can be taken away. */
import { kindNames } from "~/features/contacts/contact";
import { type FieldDefinition } from "~/features/contacts/custom/custom-field";
import { customFilterWords, filteredFields, withoutFilter } from "~/features/contacts/custom/custom-filters";
import { type ContactListView, viewQuery } from "~/features/contacts/list/contact-list";
import { type DateFilter, type MarkFilter, noFilters } from "~/features/contacts/list/list-filters";
import { formatShortDate } from "~/platform/time";

export interface ListChip {
  label: string;
  removeHref: string;
}

/** What a list offers to choose from, for the names of what was chosen. */
export interface ChipNames {
  tags: { id: string; name: string }[];
  members: { id: string; name: string }[];
  /** The account's own. */
  fields?: readonly FieldDefinition[];
  locale: string;
}

export const markNames: Record<MarkFilter, string> = {
  email: "No email",
  phone: "No phone",
  letter: "No letters",
  any: "Something not wanted",
  suppressed: "On the suppression list",
  none: "Nothing against it",
};

export function chipsOf(view: ContactListView, base: string, names: ChipNames): ListChip[] {
  const chip = (label: string | null | undefined, without: Partial<ContactListView>): ListChip[] =>
    label ? [{ label, removeHref: base + viewQuery(view, without) }] : [];
  return [
    ...chip(view.query && `“${view.query}”`, { query: "" }),
    ...chip(view.kind && kindNames[view.kind], { kind: null }),
    ...chip(view.tagId && `Tag: ${nameOf(names.tags, view.tagId)}`, { tagId: null }),
    ...chip(view.owner && `Looked after by: ${ownerName(view.owner, names)}`, { owner: null }),
    ...chip(view.city && `City: ${view.city}`, { city: "" }),
    ...chip(view.marks && markNames[view.marks], { marks: null }),
    ...chip(view.created && `Created ${datesText(view.created, names.locale)}`, { created: null }),
    ...chip(view.changed && `Changed ${datesText(view.changed, names.locale)}`, { changed: null }),
    ...filteredFields(view.own).flatMap((field) =>
      chip(customFilterWords(field, view.own[field] ?? {}, names), { own: withoutFilter(view.own, field) }),
    ),
    ...chip(view.archived ? "Archived" : null, { archived: false }),
  ];
}

/** The same list without words and filters, as it is sorted and with its columns. */
export function clearedQuery(view: ContactListView): string {
  return viewQuery({ ...view, ...noFilters, query: "" });
}

function ownerName(owner: string, { members }: ChipNames): string {
  if (owner === "me") return "me";
  return owner === "nobody" ? "nobody" : nameOf(members, owner);
}

/** A tag may be gone, a colleague may have left. */
function nameOf(choices: { id: string; name: string }[], id: string): string {
  return choices.find((choice) => choice.id === id)?.name ?? "no longer there";
}

/** "in the last 7 days", "from 3 May 2026", "1 to 3 May 2026" in words. */
export function datesText({ last, from, to }: DateFilter, locale: string): string {
  if (last) return `in the last ${last} days`;
  const day = (date: string) => formatShortDate({ timeZone: "UTC", locale }, date);
  if (from && to) return from === to ? `on ${day(from)}` : `${day(from)} – ${day(to)}`;
  return from ? `from ${day(from)} on` : `up to ${day(to ?? "")}`;
}
