/** What may be sent to a contact, and what not: the strictest word wins. Pure; every campaign asks here. */
import { type ContactValues } from "~/features/contacts/contact";
import { formatDate, type Place } from "~/platform/time";

export const channels = ["email", "phone", "letter"] as const;
export type Channel = (typeof channels)[number];

/** "Do not …". */
export const channelVerbs: Record<Channel, string> = { email: "email", phone: "ring", letter: "send letters" };
export const channelNames: Record<Channel, string> = { email: "Email", phone: "Phone", letter: "Letters" };

export function isChannel(text: string): text is Channel {
  return channels.some((channel) => channel === text);
}

/** Reasons to choose from; any other can be typed. */
export const usualReasons = [
  "asked by phone",
  "asked by email",
  "asked by letter",
  "asked in person",
  "unsubscribed",
  "the address does not work",
] as const;

/** One channel that is not to be used. Never overwritten: a person lifts it, a machine never. */
export interface Mark {
  id: string;
  channel: Channel;
  reason: string | null;
  markedAt: string;
  /** By name; null: by Tallybook. */
  markedBy: string | null;
  liftedAt: string | null;
}

export type Consent = Record<Channel, Mark | null>;

/** Of each channel the open mark that has stood longest; null where none forbids it. */
export function consentOf(marks: readonly Mark[]): Consent {
  const open = openMarks(marks);
  const first = (channel: Channel) => open.find((mark) => mark.channel === channel) ?? null;
  return { email: first("email"), phone: first("phone"), letter: first("letter") };
}

/** Marks that nobody has lifted, the oldest first. */
export function openMarks(marks: readonly Mark[]): Mark[] {
  return marks
    .filter((mark) => mark.liftedAt === null)
    .sort((a, b) => compare(a.markedAt, b.markedAt) || compare(a.id, b.id));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** "asked by phone, 3 May 2026, Ann Okafor". */
export function markText({ reason, markedAt, markedBy }: Mark, place: Place): string {
  return [reason, formatDate(place, markedAt), markedBy].filter(Boolean).join(", ");
}

/** What decides whether somebody is written to. */
export interface Addressee {
  values: Pick<ContactValues, "diedOn" | "emails" | "phones" | "addresses">;
  archived: object | null;
  marks: readonly Mark[];
}

export type MaySend = { ok: true } | { ok: false; reason: string };

/** Whether a contact may and can be reached by a channel; if not, why, in a sentence. */
export function maySend(contact: Addressee, channel: Channel, place: Place): MaySend {
  const { diedOn } = contact.values;
  if (diedOn) return no(`Died on ${formatDate(place, diedOn)}.`);
  if (contact.archived) return no("Archived.");
  const mark = consentOf(contact.marks)[channel];
  if (mark) return no(`Do not ${channelVerbs[channel]}: ${markText(mark, place)}.`);
  return hasWay(contact, channel) ? { ok: true } : no(missing[channel]);
}

/** The same of every channel. */
export function reachableBy(contact: Addressee, place: Place): Record<Channel, MaySend> {
  return {
    email: maySend(contact, "email", place),
    phone: maySend(contact, "phone", place),
    letter: maySend(contact, "letter", place),
  };
}

const missing: Record<Channel, string> = {
  email: "No email is known.",
  phone: "No phone number is known.",
  letter: "No address is known.",
};

/** An estate without an address of its own has its executor's: `letterAddress` finds it. */
function hasWay({ values }: Addressee, channel: Channel): boolean {
  const ways = { email: values.emails, phone: values.phones, letter: values.addresses };
  return ways[channel].length > 0;
}

function no(reason: string): MaySend {
  return { ok: false, reason };
}
