/** Emails, phones and addresses as columns: in the contact's own order, each with what it is called beside it. */

export const pointChannels = ["email", "phone", "address"] as const;
export type PointChannel = (typeof pointChannels)[number];

/** As many columns as the contact with the most of them needs. */
export interface PointColumns {
  channel: PointChannel;
  count: number;
  /** Some have a label, or a note. */
  labelled: boolean;
  noted: boolean;
}
