/**
 * How much of anything a contact takes, in characters: of the form and of every import alike, or what a file brought
 * in could not be saved again by hand.
 */
export const limits = {
  name: 200,
  label: 40,
  note: 200,
  email: 254,
  phone: 60,
  address: 200,
  date: 60,
  notes: 20_000,
  tag: 60,
} as const;

/** Emails, phones or addresses that one row of a file may bring. */
export const MOST_POINTS_OF_A_ROW = 20;
/** Tags that one row of a file may bring. */
export const MOST_TAGS_OF_A_ROW = 50;
