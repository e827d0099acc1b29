import { contactKinds, kindNames } from "~/features/contacts/contact";
import { type FieldDefinition } from "~/features/contacts/custom/custom-field";
import { customFieldMetas, CustomValueFields } from "~/features/contacts/custom/custom-value-fields";
import { type ContactFormFields as Fields, type ContactFormMeta } from "~/features/contacts/form/contact-form-meta";
import { limits } from "~/features/contacts/contact-limits";
import { Addresses, PointLabels, Points } from "~/features/contacts/form/contact-point-fields";
import { type Option, RadioGroup, Select } from "~/ui/choice-field";
import { type FieldMeta, fieldValue, hasErrors } from "~/ui/field";
import { FieldRow, Fieldset } from "~/ui/form";
import { TextArea, TextField } from "~/ui/text-field";

/** The fields of a contact, for a new one and for an edit. Rows are added, removed and moved by the server. */

interface Part {
  form: ContactFormMeta;
  fields: Fields;
}

/** Every field that may have an error, in the order of the page: for the summary. */
export function fieldsInOrder(fields: Fields, own: readonly FieldDefinition[]): FieldMeta[] {
  const { kind, givenName, familyName, typedName, company, jobTitle, emails, phones, addresses } = fields;
  const { birthday, diedOn, timeZone, language, tags, notes, owner } = fields;
  // conform's fields are made when they are asked for by name: they cannot be listed.
  const points = [emails, phones].flatMap((list) => [
    list,
    ...list.getFieldList().flatMap((row) => {
      const { value, label, note } = row.getFieldset();
      return [value, label, note];
    }),
  ]);
  const places = addresses.getFieldList().flatMap((row) => {
    const { label, note, street, city, region, postalCode, country } = row.getFieldset();
    return [street, label, city, postalCode, region, country, note];
  });
  const names = [givenName, familyName, typedName, company, jobTitle];
  const about = [birthday, diedOn, language, timeZone, ...customFieldMetas(fields, own), tags, owner, notes];
  return [kind, ...names, ...points, addresses, ...places, ...about];
}

/** What the form offers to choose from. */
export interface ContactChoices {
  /** A birthday with its year and one without, as the reader writes them. */
  birthdays: [string, string];
  tagNames: string[];
  languages: Option[];
  timeZones: readonly string[];
  /** The account's own that are in use. */
  fields: FieldDefinition[];
  /** Null: whoever fills it in has no choice. */
  owners: Option[] | null;
}

export function ContactFields({ form, fields, choices }: Part & { choices: ContactChoices }) {
  const { tagNames, owners } = choices;
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
      <PointLabels />
      <Points form={form} list={fields.emails} what="email" />
      <Points form={form} list={fields.phones} what="phone" />
      <Addresses form={form} list={fields.addresses} />
      <LifeFields fields={fields} choices={choices} />
      <CustomValueFields fields={fields} own={choices.fields} day={choices.birthdays[0]} />
      <Fieldset legend="About">
        <TextField
          field={fields.tags}
          label="Tags"
          hint={`Separated by commas. ${tagNames.length > 0 ? `In use: ${tagNames.slice(0, 8).join(", ")}.` : ""}`}
          autoComplete="off"
        />
        {owners ? <Select field={fields.owner} label="Looked after by" empty="Nobody" options={owners} /> : null}
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

/** What is known of few: out of the way until something of it is, or is refused. */
function LifeFields({ fields, choices }: Pick<Part, "fields"> & { choices: ContactChoices }) {
  const { birthday, diedOn, language, timeZone } = fields;
  const [withYear, withoutYear] = choices.birthdays;
  const isOpen = [birthday, diedOn, language, timeZone].some((field) => Boolean(fieldValue(field)) || hasErrors(field));
  return (
    <Fieldset legend="Life">
      <details open={isOpen}>
        <summary>Birthday, language and more</summary>
        <div className="fields mt-3">
          <FieldRow>
            <TextField
              field={birthday}
              label="Birthday"
              hint={`Like ${withYear}, or only ${withoutYear}.`}
              autoComplete="off"
              maxLength={limits.date}
            />
            <TextField
              field={diedOn}
              label="Died on"
              hint="From then on nothing is sent to them."
              autoComplete="off"
              maxLength={limits.date}
            />
          </FieldRow>
          <FieldRow>
            <Select
              field={language}
              label="Language"
              hint="In which they are written to."
              empty="Not known"
              options={choices.languages}
            />
            <TextField
              field={timeZone}
              label="Time zone"
              hint="Empty: as address or phone say."
              autoComplete="off"
              list="time-zones"
              spellCheck={false}
            />
          </FieldRow>
          <datalist id="time-zones">
            {choices.timeZones.map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </div>
      </details>
    </Fieldset>
  );
}
