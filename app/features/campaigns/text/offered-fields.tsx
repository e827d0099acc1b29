import { type MergeField } from "~/features/campaigns/text/merge-fields";
import { Facts } from "~/ui/facts";

export type OfferedField = Pick<MergeField, "name" | "hint">;

/** What a text can be filled with, folded away below it: each field as it is typed, with an example. */
export function OfferedFields({ fields }: { fields: readonly OfferedField[] }) {
  return (
    <details className="offered-fields">
      <summary>What can be filled in for each recipient</summary>
      <p className="hint">
        Type it as it stands here. Words of your own stand in where nothing is known: {"{{first name | friend}}"}.
      </p>
      <Facts facts={fields.map(({ name, hint }) => ({ label: `{{${name}}}`, value: hint }))} />
    </details>
  );
}
