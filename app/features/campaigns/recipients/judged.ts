import { type LeftOut } from "~/features/campaigns/recipients/left-out";
import { type ContactKind } from "~/features/contacts/contact";

/** What a contact is, or would be, on a campaign's list; with what decides it. */
export interface Judged {
  contactId: string;
  /** As on the list, whose order this is. */
  nameKey: string;
  leftOut: LeftOut | null;
  writtenToId: string | null;
  addressKey: string | null;
  kind: ContactKind;
  familyName: string | null;
}
