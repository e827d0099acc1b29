import { type FieldMetadata, type FormMetadata } from "@conform-to/react";
import { contactKinds, kindNames } from "~/features/contacts/contact";
import { type ContactFormDefaults } from "~/features/contacts/contact-form";
import { limits } from "~/features/contacts/contact-limits";
import { Button } from "~/ui/button";
import { RadioGroup } from "~/ui/choice-field";
import { type FieldMeta } from "~/ui/field";
import { FieldRow, Fieldset } from "~/ui/form";
import { RepeatedRows } from "~/ui/repeated-rows";
import { TextArea, TextField } from "~/ui/text-field";

/** The fields of a contact, for a new one and for an edit. Rows are added, removed and moved by the server. */

export type ContactFormMeta = FormMetadata<ContactFormDefaults>;
type Fields = ReturnType<ContactFormMeta["getFieldset"]>;

interface Part {
  form: ContactFormMeta;
  fields: Fields;
}

/** Every field that may have an error, in the order of the page: for the summary. */
export function fieldsInOrder(fields: Fields): FieldMeta[] {
  const { kind, givenName, familyName, typedName, company, jobTitle, emails, phones, addresses, notes, tags } = fields;
  // conform's fields are made when they are asked for by name: they cannot be listed.
  const points = [emails, phones].flatMap((list) => [
    list,
    ...list.getFieldList().flatMap((row) => {
      const { value, label } = row.getFieldset();
      return [value, label];
    }),
  ]);
  const places = addresses.getFieldList().flatMap((row) => {
    const { label, street, city, region, postalCode, country } = row.getFieldset();
    return [street, label, city, postalCode, region, country];
  });
  const names = [givenName, familyName, typedName, company, jobTitle];
  return [kind, ...names, ...points, addresses, ...places, tags, notes];
}

export function ContactFields({ form, fields, tagNames }: Part & { tagNames: string[] }) {
  return (
    <>
      <p className="hint">
        Needed is only something to know them by: a name, a company, an email or a phone number. All else is optional.
      </p>
      <RadioGroup
        field={fields.kind}
        label="What this contact is"
        options={contactKinds.map((kind) => ({ value: kind, label: kindNames[kind] }))}
      />
      <NameFields fields={fields} />
      <Points form={form} list={fields.emails} what="email" />
      <Points form={form} list={fields.phones} what="phone" />
      <Addresses form={form} list={fields.addresses} />
      <Fieldset legend="About">
        <TextField
          field={fields.tags}
          label="Tags"
          hint={`Separated by commas. ${tagNames.length > 0 ? `In use: ${tagNames.slice(0, 8).join(", ")}.` : ""}`}
          autoComplete="off"
        />
        <TextArea field={fields.notes} label="Notes" rows={5} maxLength={limits.notes} />
      </Fieldset>
    </>
  );
}

function NameFields({ fields }: Pick<Part, "fields">) {
  return (
    <Fieldset legend="Name">
      <FieldRow>
        <TextField field={fields.givenName} label="Given name" autoComplete="off" maxLength={limits.name} />
        <TextField field={fields.familyName} label="Family name" autoComplete="off" maxLength={limits.name} />
      </FieldRow>
      <TextField
        field={fields.typedName}
        label="Name as written"
        hint="Only where it is more than the two above: “Dr Ann Okafor”, “Estate of Rosalind Carver”."
        autoComplete="off"
        maxLength={limits.name}
      />
      <FieldRow>
        <TextField field={fields.company} label="Company" autoComplete="off" maxLength={limits.name} />
        <TextField field={fields.jobTitle} label="Job title" autoComplete="off" maxLength={limits.name} />
      </FieldRow>
    </Fieldset>
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

function Points({ form, list, what }: PointsProps) {
  const words = pointWords[what];
  const rows = list.getFieldList();
  return (
    <Fieldset legend={words.legend} hint={rows.length > 1 ? "The first one is used first." : undefined}>
      <RepeatedRows
        addLabel={words.another}
        add={form.insert.getButtonProps({ name: list.name, defaultValue: { value: "", label: "", note: "" } })}
        rows={rows.map((row, index) => {
          const { value, label } = row.getFieldset();
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
                <TextField field={label} label="Label" autoComplete="off" maxLength={limits.label} />
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

function Addresses({ form, list }: { form: ContactFormMeta; list: Fields["addresses"] }) {
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
  const { label, street, city, region, postalCode, country } = row.getFieldset();
  const shared = { autoComplete: "off", maxLength: limits.address } as const;
  return (
    <>
      <TextField field={street} label="Street" {...shared} />
      <TextField field={label} label="Label" {...shared} maxLength={limits.label} />
      <TextField field={city} label="Town or city" {...shared} />
      <TextField field={postalCode} label="Postcode" {...shared} />
      <TextField field={region} label="County or region" {...shared} />
      <TextField field={country} label="Country" {...shared} />
    </>
  );
}
