/** How far a campaign has come with a recipient: the mail, the letter or the calls, apart from what they answered. */

export const deliveries = [
  "none",
  // Email. Claimed: given to the server in this moment, or cut off there.
  "claimed",
  "accepted",
  "refused",
  "bounced",
  "unknown",
  // Letters.
  "printed",
  "returned",
  // Calls.
  "spoken",
  "no-answer",
  "call-back",
  "wrong-number",
] as const;
export type Delivery = (typeof deliveries)[number];

export const deliveryNames: Record<Delivery, string> = {
  none: "Not yet",
  claimed: "On its way",
  accepted: "Delivered",
  refused: "Refused",
  bounced: "Bounced",
  unknown: "Not known",
  printed: "Printed",
  returned: "Returned",
  spoken: "Spoken to",
  "no-answer": "No answer",
  "call-back": "Call back",
  "wrong-number": "Wrong number",
};

/** What a mail that did not arrive means for the address, as the recipient's page says it; null: it says nothing of that. */
export function notDelivered(delivery: Delivery, { isAddressGivenUp }: { isAddressGivenUp: boolean }): string | null {
  if (delivery !== "bounced" && delivery !== "refused") return null;
  const what = delivery === "bounced" ? "The mail came back" : "Their server refused the mail";
  const then = isAddressGivenUp
    ? "the address is not used any more"
    : "the address is kept, and used again in other campaigns";
  return `${what}: it was not delivered; ${then}.`;
}

/** Who is in one of these was reached: what shares are taken of. */
export const reachedBy = ["accepted", "printed", "spoken"] as const satisfies readonly Delivery[];

/** In one of these nothing more is tried: the address is bad. */
export const failedBy = ["refused", "bounced", "returned", "wrong-number"] as const satisfies readonly Delivery[];

/** Whether a campaign's row counts who stands so. */
export function isCounted(delivery: Delivery): boolean {
  const counted: readonly Delivery[] = [...reachedBy, ...failedBy, "unknown"];
  return counted.includes(delivery);
}
