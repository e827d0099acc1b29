/** Emails, phones and addresses as columns: a family for each label that an import knows, numbered within it. */
import { labelOf } from "~/features/contacts/subject/contact-subject-fields";

export type PointChannel = "email" | "phone" | "address";

export interface PointFamily {
  channel: PointChannel;
  /** Of the first column; the second is "Work email 2". */
  heading: string;
  /** "": no label, or one of somebody's own, which then has a column beside it. */
  label: string;
}

/** In the order in which an import takes them, so that the first one stays the first. */
export const pointFamilies: readonly PointFamily[] = [
  { channel: "email", heading: "Email", label: "" },
  { channel: "email", heading: "Work email", label: labelOf.workEmail ?? "" },
  { channel: "email", heading: "Home email", label: labelOf.homeEmail ?? "" },
  { channel: "phone", heading: "Phone", label: "" },
  { channel: "phone", heading: "Mobile", label: labelOf.mobile ?? "" },
  { channel: "phone", heading: "Work phone", label: labelOf.workPhone ?? "" },
  { channel: "phone", heading: "Home phone", label: labelOf.homePhone ?? "" },
  { channel: "phone", heading: "Fax", label: labelOf.fax ?? "" },
  { channel: "address", heading: "Address", label: "" },
];

const places = new Map(pointFamilies.map(({ channel, label }, place) => [`${channel} ${label}`, place]));

/** Which of the families. */
export function familyPlace(channel: PointChannel, label: string | null): number {
  return places.get(`${channel} ${label ?? ""}`) ?? places.get(`${channel} `) ?? 0;
}

/** As many columns as the contact with the most of them needs. */
export interface PointColumns {
  /** Its place among the families. */
  place: number;
  family: PointFamily;
  count: number;
  /** Some have a label of somebody's own, or a note. */
  labelled: boolean;
  noted: boolean;
}
