/** Why a contact on a campaign's list is not written to. The first that holds, in this order, is what is said. */
export const leftOutReasons = [
  "erased",
  "archived",
  "deceased",
  "do-not-contact",
  "no-address",
  "suppressed",
  "topic-paused",
  "double-address",
  "double-household",
] as const;
export type LeftOut = (typeof leftOutReasons)[number];

/** As a row of the table of counts says it. */
export const leftOutNames: Record<LeftOut, string> = {
  erased: "Erased for good",
  archived: "Archived",
  deceased: "Has died, and nobody acts for the estate",
  "do-not-contact": "Do not contact",
  "no-address": "No address for this channel",
  suppressed: "On the suppression list",
  "topic-paused": "Asked not to hear of this for now",
  "double-address": "Same address as another",
  "double-household": "Same household as another",
};
