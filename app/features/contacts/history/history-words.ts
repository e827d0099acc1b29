/** What a contact's history tells beside its fields: who did what, to whom, and from where. Pure. */
import { type Channel, channelVerbs } from "~/features/contacts/consent/consent";
import { type FieldChange, type State } from "~/features/contacts/history/history";
import { periodWords } from "~/features/contacts/relationships/relationship-period";
import { type Readings, readingWords } from "~/features/contacts/relationships/relationships";
import { formatDate, type Place } from "~/platform/time";

/** By the verb of the change set. A new command adds its line here. */
const sentences: Record<string, string> = {
  "contact.created": "Made by hand",
  "contact.edited": "Edited by hand",
  "contacts.edited": "Edited, several at once",
  "contact.unpinned": "Unpinned",
  "contact.archived": "Archived",
  "contact.restored": "Restored",
  "contact.deleted": "Deleted",
  "contact.brought-back": "Brought back",
  "contact.related": "Related",
  "contact.relationship-edited": "Relationship changed",
  "contact.unrelated": "No longer related",
  "contact.given": "Given to somebody",
  "contact.marked": "Marked",
  "contact.mark-lifted": "Mark lifted",
  "contact.household-joined": "Said to share a household",
  "contact.household-parted": "Said not to share a household",
  "contact.estate-made": "Estate made",
  "suppression.added": "Put on the suppression list",
  "suppression.lifted": "Taken off the suppression list",
  "response.recorded": "Answered a campaign",
  "delivery.recorded": "Reached by a campaign, or not",
  "call.recorded": "Called for a campaign",
  "campaign.recipients-taken-off": "Taken off a campaign's list",
  "change.undone": "Undone",
};

/** What was done, without who did it. */
export function actionWords(action: string, { before, fileName }: { before: State; fileName: string | null }): string {
  const known = sentences[action];
  if (known) return known;
  if (action === "contacts.imported") {
    const file = fileName ? ` from “${fileName}”` : "";
    return before === null ? `Brought in${file}` : `Changed by an import${file}`;
  }
  if (action === "contacts.synced") {
    const source = fileName ? ` by “${fileName}”` : " by a connector";
    return before === null ? `Brought in${source}` : `Changed${source}`;
  }
  // An action of a later version: its own name is better than nothing.
  return action.replace(/[.-]/g, " ");
}

/** Another contact that an entry is about. */
export interface OtherTold {
  words: string;
  otherId: string;
  otherName: string;
}

/** How a relationship, or what was said of a household, reads from this contact's side. */
export function otherTold(kind: string, contactId: string, state: State): OtherTold | null {
  if (kind === "relationship") return relationshipTold(contactId, state);
  return kind === "household" ? householdTold(contactId, state) : null;
}

function relationshipTold(contactId: string, state: State): OtherTold | null {
  if (!state) return null;
  const { type, fromContactId, toContactId, fromName, toName, reads, readsBack } = state as Texts;
  const back = fromContactId !== contactId;
  const own: Readings | null = reads && readsBack ? { reads, readsBack } : null;
  return {
    words: readingWords(type ?? "", back, own),
    otherId: (back ? fromContactId : toContactId) ?? "",
    otherName: (back ? fromName : toName) ?? "another contact",
  };
}

function householdTold(contactId: string, state: State): OtherTold | null {
  if (!state) return null;
  const { contactId: one, otherContactId, otherName, kind } = state as Texts;
  return {
    words: kind === "together" ? "lives with" : "does not live with",
    otherId: (one === contactId ? otherContactId : one) ?? "",
    otherName: otherName ?? "another contact",
  };
}

type Texts = Record<string, string | null>;

/** By the kind of subject: what changed of it, before and after. A new kind adds its line here. */
const changesByKind: Record<string, (before: State, after: State, place: Place) => FieldChange[]> = {
  relationship: (before, after, place) => [
    // How they stand is said beside the other's name, unless it became another way.
    ...(before && after ? [change("How", before, after, howText)] : []),
    change("Period", before, after, (state) => periodWords({ since: null, until: null, ...state }, place)),
    change("Note", before, after, (state) => state.note ?? ""),
  ],
  "do-not-contact": (before, after, place) => [
    change("Do not contact", before, after, (state) => markText(state, place)),
  ],
  response: campaignTold,
  delivery: campaignTold,
  recipient: campaignTold,
  call: campaignTold,
  household: (before, after) => (before && after ? [change("Household", before, after, ({ kind }) => kind ?? "")] : []),
};

/** What an entry tells that is no field of the contact's own; "" stands for nothing. */
export function otherChanges(kind: string, states: { before: State; after: State }, place: Place): FieldChange[] {
  const { before, after } = states;
  if (kind === "contact") return contactChanges(before, after).filter(isChange);
  return (changesByKind[kind]?.(before, after, place) ?? []).filter(isChange);
}

function contactChanges(before: State, after: State): FieldChange[] {
  const one = after ?? before ?? {};
  return [
    ...("ownerId" in one ? [change("Looked after by", before, after, (state) => state.ownerName ?? "")] : []),
    ...("marks" in one ? [change("Do not contact", before, after, marksText)] : []),
    ...("archivedAt" in one ? [change("Stands", before, after, standing)] : []),
    ...recordChanges(before, after),
  ];
}

/** A record of it counts no longer, or again, and nothing that it says became another by that. */
function recordChanges(before: State, after: State): FieldChange[] {
  if (!before || !after || !saysNothing(before) || !saysNothing(after)) return [];
  const [went, back] = [recordsIn(before), recordsIn(after)];
  const told = (label: string, was: string, is: string) => [{ field: null, label, before: was, after: is }];
  if (went > 0 && back > 0)
    return told("A record of it", "one version counted", "another counts, and nothing else changed");
  if (back > 0) return told(recordsText(back), "did not count", "counts again, and nothing else changed");
  return told(recordsText(Math.max(went, 1)), "counted", "counts no longer, and nothing else changed");
}

const recordsText = (count: number) => (count === 1 ? "A record of it" : `${count} records of it, each`);

/** It may name records, and no more. */
function saysNothing({ values, records: _, ...others }: NonNullable<State>): boolean {
  const isEmpty = typeof values === "object" && values !== null && Object.keys(values).length === 0;
  return isEmpty && Object.keys(others).length === 0;
}

/** Records of which an undo says that they counted before it, or do after it; what a source lost it does not name. */
function recordsIn({ records }: NonNullable<State>): number {
  return Array.isArray(records) ? records.length : 0;
}

function standing({ archivedAt, deletedAt }: Texts): string {
  return deletedAt ? "deleted" : archivedAt ? "archived" : "in the lists";
}

function isChange({ before, after }: FieldChange): boolean {
  return before !== after;
}

function howText(state: Texts): string {
  return readingWords(state.type ?? "", false, ownOf(state));
}

function ownOf({ reads, readsBack }: Texts): Readings | null {
  return reads && readsBack ? { reads, readsBack } : null;
}

/** How a contact stands in a campaign, by whose name it is told. */
function campaignTold(before: State, after: State, place: Place): FieldChange[] {
  const { campaignName } = (after ?? before ?? {}) as Texts;
  return [change(campaignName ?? "Campaign", before, after, (state) => answerText(state, place))];
}

/** "Converted, 3 May 2026". */
function answerText({ words, respondedOn, note }: Texts, place: Place): string {
  return [words, respondedOn && formatDate(place, respondedOn), note].filter(Boolean).join(", ");
}

/** Marks that came with an import. */
function marksText({ marks }: Record<string, unknown>): string {
  const told = (marks ?? []) as { channel: Channel; reason: string | null }[];
  return told.map(({ channel, reason }) => [channelVerbs[channel], reason].filter(Boolean).join(", ")).join("; ");
}

/** "email, asked by phone", "email, lifted 3 May 2026". */
function markText({ channel, reason, liftedAt }: Texts, place: Place): string {
  const lifted = liftedAt ? `lifted ${formatDate(place, liftedAt)}` : null;
  return [channelVerbs[channel as Channel], reason, lifted].filter(Boolean).join(", ");
}

function change(label: string, before: State, after: State, text: (state: Texts) => string): FieldChange {
  const of = (state: State) => (state ? text(state as Texts) : "");
  return { field: null, label, before: of(before), after: of(after) };
}
