import { type Chosen } from "~/features/campaigns/letters/find-letters.server";
import { type LetterLayoutId } from "~/features/campaigns/letters/letter-layout";

/** Whose letter a page's address asks for: the first one's where it says nothing. */
export function chosenOf(params: URLSearchParams): Chosen {
  const recipient = params.get("recipient") ?? "first";
  return recipient === "first" || recipient === "emptiest" ? recipient : { contactId: recipient };
}

export function previewQuery({ chosen, layout }: { chosen: Chosen; layout: LetterLayoutId }): string {
  const recipient = typeof chosen === "object" ? chosen.contactId : chosen;
  return `?${String(new URLSearchParams({ recipient, layout }))}`;
}
