/** The suppression list: addresses and numbers that are not to be used, whoever has them. Its words and shapes; pure. */
import { formatDate, type Place } from "~/platform/time";

/** The channels of `contact_points`. */
export const suppressedChannels = ["email", "phone", "address"] as const;
export type SuppressedChannel = (typeof suppressedChannels)[number];

export const suppressionReasons = ["unsubscribed", "complained", "erased", "bad-address", "by-hand"] as const;
export type SuppressionReason = (typeof suppressionReasons)[number];

/** "…, because …". */
export const reasonWords: Record<SuppressionReason, string> = {
  unsubscribed: "they unsubscribed",
  complained: "they complained",
  erased: "they asked to be forgotten",
  "bad-address": "it does not work",
  "by-hand": "somebody here said so",
};

export const reasonNames: Record<SuppressionReason, string> = {
  unsubscribed: "Unsubscribed",
  complained: "Complained",
  erased: "Erased",
  "bad-address": "Does not work",
  "by-hand": "By hand",
};

export const suppressedNames: Record<SuppressedChannel, string> = {
  email: "Email",
  phone: "Phone",
  address: "Address",
};

/** What stands in the place of a value that was erased. */
export const ERASED_VALUE = "erased";

/** Where an entry came from: a person here, a campaign (by its id), or another system (by its name). */
export type SuppressionSource = "person" | `campaign:${string}` | `webhook:${string}`;

/** "a campaign", with its address below `/:account`; a person has a name of their own to show. */
export function sourceWords(source: string): { words: string; path: string | null } {
  const [kind, of = ""] = source.split(/:(.*)/s);
  if (kind === "campaign") return { words: "a campaign", path: `/campaigns/${of}` };
  if (kind === "webhook") return { words: `the mail service ${of}`.trim(), path: null };
  return { words: "a person here", path: null };
}

/** An entry as pages show it. */
export interface Suppression {
  id: string;
  channel: SuppressedChannel;
  /** Null: erased. */
  value: string | null;
  reason: SuppressionReason;
  note: string | null;
  source: string;
  notedAt: string;
  /** By name; null: Tallybook. */
  notedBy: string | null;
  lifted: { at: string; by: string | null; reason: string | null } | null;
}

/** A value of a contact that is on the list: the entry that has stood longest. */
export interface SuppressedValue {
  id: string;
  channel: SuppressedChannel;
  /** As the contact has it. */
  value: string;
  reason: SuppressionReason;
  since: string;
}

/** "on the suppression list since 3 May 2026, because they unsubscribed" */
export function suppressedText({ since, reason }: Pick<SuppressedValue, "since" | "reason">, place: Place): string {
  return `on the suppression list since ${formatDate(place, since)}, because ${reasonWords[reason]}`;
}

/** An address on paper as the list holds it: by what it is known again, in one line. */
export function addressLine(address: {
  street: string | null;
  postalCode: string | null;
  city: string | null;
}): string {
  return [address.street, address.postalCode, address.city].filter(Boolean).join(" ");
}
