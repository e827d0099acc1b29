import { type ContactKind } from "~/features/contacts/contact";

/** Companies and estates have no household; nor has who has died or is archived. */
export function hasHousehold({
  kind,
  diedOn,
  archived,
}: {
  kind: ContactKind;
  diedOn: string | null;
  archived: boolean;
}): boolean {
  return kind === "individual" && diedOn === null && !archived;
}
