import { type FieldMetadata } from "@conform-to/react";
import { type ContactFormDefaults } from "~/features/contacts/form/contact-form-defaults";
import { type ContactFormFields as Fields, type ContactFormMeta } from "~/features/contacts/form/contact-form-meta";
import { limits } from "~/features/contacts/contact-limits";
import { Button } from "~/ui/button";
import { type FieldMeta, fieldValue, hasErrors } from "~/ui/field";
import { Fieldset } from "~/ui/form";
import { RepeatedRows } from "~/ui/repeated-rows";
import { TextField } from "~/ui/text-field";

/** The rows of a contact's form: emails, phones, addresses. */

const LABELS = "point-labels";

/** Labels to choose from; any other can be typed. Once on a page. */
export function PointLabels() {
  return (
    <datalist id={LABELS}>
      {["work", "home", "mobile", "private", "assistant", "billing", "holiday home", "old"].map((label) => (
        <option key={label} value={label} />
      ))}
    </datalist>
  );
}

function LabelField({ field }: { field: FieldMeta }) {
  return <TextField field={field} label="Label" autoComplete="off" list={LABELS} maxLength={limits.label} />;
}

/** Out of the way until there is a note. */
function NoteField({ field }: { field: FieldMeta }) {
  return (
    <details className="col-span-full" open={Boolean(fieldValue(field)) || hasErrors(field)}>
      <summary className="small">Note</summary>
      <TextField
        field={field}
        label={<span className="sr-only">Note</span>}
        autoComplete="off"
        maxLength={limits.note}
      />
    </details>
  );
}

const pointWords = {
  email: { legend: "Email", another: "Add another email", type: "email", inputMode: "email" },
  phone: { legend: "Phone", another: "Add another phone", type: "tel", inputMode: "tel" },
} as const;

interface PointsProps {
  form: ContactFormMeta;
  list: Fields["emails"];
  what: keyof typeof pointWords;
}

/** Emails or phones, each with a label and, for whom it matters, a note. */
export function Points({ form, list, what }: PointsProps) {
  const words = pointWords[what];
  const rows = list.getFieldList();
  return (
    <Fieldset legend={words.legend} hint={rows.length > 1 ? "The first one is used first." : undefined}>
      <RepeatedRows
        addLabel={words.another}
        add={form.insert.getButtonProps({ name: list.name, defaultValue: { value: "", label: "", note: "" } })}
        rows={rows.map((row, index) => {
          const { value, label, note } = row.getFieldset();
          const typed = typeof value.initialValue === "string" ? value.initialValue : "";
          return {
            key: row.key ?? row.name,
            cells: (
              <>
                <TextField
                  field={value}
                  label={`${words.legend}${index > 0 ? ` ${index + 1}` : ""}`}
                  type={words.type}
                  inputMode={words.inputMode}
                  autoComplete="off"
                  spellCheck={false}
                  maxLength={limits[what]}
                />
                <LabelField field={label} />
                <NoteField field={note} />
              </>
            ),
            action: index > 0 && typed ? <MakeFirst form={form} name={list.name} index={index} what={typed} /> : null,
            remove: typed ? { ...form.remove.getButtonProps({ name: list.name, index }), what: typed } : undefined,
          };
        })}
      />
    </Fieldset>
  );
}

interface MakeFirstProps {
  form: ContactFormMeta;
  name: Fields["emails"]["name"];
  index: number;
  what: string;
}

function MakeFirst({ form, name, index, what }: MakeFirstProps) {
  return (
    <Button tone="bare" small {...form.reorder.getButtonProps({ name, from: index, to: 0 })}>
      Use first<span className="sr-only"> {what}</span>
    </Button>
  );
}

const blankAddress = { label: "", note: "", street: "", city: "", region: "", postalCode: "", country: "" };

export function Addresses({ form, list }: { form: ContactFormMeta; list: Fields["addresses"] }) {
  return (
    <Fieldset legend="Address">
      <RepeatedRows
        addLabel="Add another address"
        add={form.insert.getButtonProps({ name: list.name, defaultValue: blankAddress })}
        rows={list.getFieldList().map((row, index) => ({
          key: row.key ?? row.name,
          cells: <AddressCells row={row} />,
          remove: Object.values(row.initialValue ?? {}).some(Boolean)
            ? { ...form.remove.getButtonProps({ name: list.name, index }), what: `address ${index + 1}` }
            : undefined,
        }))}
      />
    </Fieldset>
  );
}

function AddressCells({ row }: { row: FieldMetadata<typeof blankAddress, ContactFormDefaults> }) {
  const { label, note, street, city, region, postalCode, country } = row.getFieldset();
  const shared = { autoComplete: "off", maxLength: limits.address } as const;
  return (
    <>
      <TextField field={street} label="Street" {...shared} />
      <LabelField field={label} />
      <TextField field={city} label="Town or city" {...shared} />
      <TextField field={postalCode} label="Postcode" {...shared} />
      <TextField field={region} label="County or region" {...shared} />
      <TextField field={country} label="Country" {...shared} />
      <NoteField field={note} />
    </>
  );
}
