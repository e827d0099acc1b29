/** A script as a caller reads it: the campaign's Markdown with this contact's values. Pure. */
import { mergeFields, type MergeValues } from "~/features/campaigns/text/merge-fields";
import { fill } from "~/features/campaigns/text/merge-text";
import { type TextPart, textTree } from "~/features/campaigns/text/text-tree";
import { type FieldDefinition } from "~/features/contacts/custom/custom-field";

/** @param own the account's own fields that are in use */
export function readScript(body: string, values: MergeValues, own: readonly FieldDefinition[]): TextPart[] {
  const catalogue = mergeFields(own, { withLinks: false });
  return textTree(body, catalogue, (slot) => {
    const { text, isBlank } = fill(slot, values);
    const name = catalogue.fields.find(({ key }) => key === slot.field)?.name ?? "";
    return isBlank ? { unknown: name } : { text };
  });
}
