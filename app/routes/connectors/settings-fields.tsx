import { type SettingsField } from "~/features/connectors/connector";
import { Select } from "~/ui/choice-field";
import { type FieldMeta, hasErrors } from "~/ui/field";
import { TextField } from "~/ui/text-field";

/** A field of a provider's form as a page draws it. */
export interface DrawnField extends FieldMeta {
  name: string;
  /** Of a secret: one is kept already. */
  isKept?: boolean;
  of: Omit<SettingsField, "name" | "initial">;
}

/** The fields of a provider's form. What most leave as it is, is folded away, unless something is wrong with it. */
export function SettingsFields({ fields }: { fields: readonly DrawnField[] }) {
  const advanced = fields.filter(({ of }) => of.advanced);
  return (
    <>
      {fields
        .filter(({ of }) => !of.advanced)
        .map((field) => (
          <SettingsControl key={field.name} field={field} />
        ))}
      {advanced.length > 0 ? (
        <details open={advanced.some(hasErrors)}>
          <summary>More options</summary>
          <div className="fields mt-3">
            {advanced.map((field) => (
              <SettingsControl key={field.name} field={field} />
            ))}
          </div>
        </details>
      ) : null}
    </>
  );
}

function SettingsControl({ field }: { field: DrawnField }) {
  const { label, hint, type, choices = [] } = field.of;
  const labelled = { field, label, hint };
  if (type === "choice") return <Select {...labelled} options={[...choices]} />;
  if (type === "secret") {
    const kept = field.isKept
      ? "One is kept, encrypted. Leave it empty to keep it."
      : "Kept encrypted, and never shown again.";
    return (
      <TextField
        {...labelled}
        hint={[hint && sentence(hint), kept].filter(Boolean).join(" ")}
        type="password"
        autoComplete="off"
        spellCheck={false}
      />
    );
  }
  const isAddress = type === "address";
  return (
    <TextField
      {...labelled}
      {...(isAddress ? { inputMode: "url" as const, placeholder: "https://" } : {})}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
    />
  );
}

/** Operators write hints of their own, and not all end them. */
const sentence = (words: string) => (/[.!?…]$/.test(words) ? words : `${words}.`);
