import { type SettingsField } from "~/features/connectors/connector";
import { fileField } from "~/routes/connectors/setting-files";
import { Select } from "~/ui/choice-field";
import { type FieldMeta, hasErrors } from "~/ui/field";
import { FileField, TextField } from "~/ui/text-field";

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
  if (type === "secret") return <SecretControl field={field} />;
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

function SecretControl({ field }: { field: DrawnField }) {
  const { label, hint, file } = field.of;
  const kept = field.isKept
    ? "One is kept, encrypted. Leave it empty to keep it."
    : "Kept encrypted, and never shown again.";
  return (
    <>
      <TextField
        {...{ field, label }}
        hint={[hint && sentence(hint), kept].filter(Boolean).join(" ")}
        type="password"
        autoComplete="off"
        spellCheck={false}
      />
      {file ? (
        <FileField
          field={{ name: fileField(field.name) }}
          label={`${label}, as a file`}
          hint="Instead of pasting it above."
          accept={file}
        />
      ) : null}
    </>
  );
}

/** Operators write hints of their own, and not all end them. */
const sentence = (words: string) => (/[.!?…]$/.test(words) ? words : `${words}.`);
