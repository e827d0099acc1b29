import { type WholeCampaign } from "~/features/campaigns/campaign";
import { printedCode } from "~/features/campaigns/code";
import { deliveryNames } from "~/features/campaigns/delivery";
import { type OneRecipient } from "~/features/campaigns/responses/find-recipient.server";
import { phoneText } from "~/features/contacts/values/phone-display";
import { type Scope } from "~/platform/scope.server";
import { formatInstant } from "~/platform/time";

/** How a campaign reached one recipient, as their page says it: nothing before anything was tried. */
export function deliveryFacts(
  { account, place }: Scope,
  { channel, codePrefix }: Pick<WholeCampaign, "channel" | "codePrefix">,
  { delivery, deliveryAt, deliveryNote, addressKey, code }: OneRecipient,
): { label: string; value: string }[] {
  if (delivery === "none") return [];
  const when = deliveryAt && formatInstant(place, deliveryAt);
  const numbers = { email: addressKey, phone: addressKey && phoneText(addressKey, account.phoneCountry), letter: null };
  const facts = [
    { label: "How far it came", value: [deliveryNames[delivery], when].filter(Boolean).join(", ") },
    { label: channel === "phone" ? "Number" : "Email", value: numbers[channel] },
    { label: "Code of the letter", value: code && printedCode(code, codePrefix) },
    { label: "What was said of it", value: deliveryNote },
  ];
  return facts.flatMap(({ label, value }) => (value ? [{ label, value }] : []));
}
