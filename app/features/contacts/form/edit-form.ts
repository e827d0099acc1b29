/** The form of an edit carries what it was opened with, so that two people's changes can be put together. */
import { z } from "zod";
import { changedFieldsOf } from "~/features/contacts/changed-fields";
import {
  type BuiltInField,
  type ContactField,
  contactFields,
  contactKinds,
  type ContactValues,
  fieldsIn,
  isCustomField,
} from "~/features/contacts/contact";
import { type FieldDefinition, fieldOf } from "~/features/contacts/custom/custom-field";
import { contactForm, type FormPlace } from "~/features/contacts/form/contact-form";
import { formDefaults } from "~/features/contacts/form/contact-form-defaults";
import { withFields } from "~/features/contacts/form/merge-edit";

const text = z.string().nullable();
const note = z.string().optional();
const points = z.array(z.object({ value: z.string(), label: text, note }));
const addresses = z.array(
  z.object({ label: text, note, street: text, city: text, region: text, postalCode: text, country: text }),
);

/** A contact's values as the form carries them: JSON. */
const valuesShape = z.object({
  kind: z.enum(contactKinds),
  typedName: text,
  givenName: text,
  familyName: text,
  company: text,
  jobTitle: text,
  birthday: text,
  diedOn: text,
  timeZone: text,
  language: text,
  notes: text,
  emails: points,
  phones: points,
  addresses,
  tags: z.array(z.string()),
}) satisfies z.ZodType<ContactValues>;

const choice = z.enum(["mine", "theirs"]).optional().catch(undefined);

function carried(own: readonly FieldDefinition[]) {
  const fields: ContactField[] = [...contactFields, ...own.map(fieldOf)];
  return z.object({
    version: z.coerce.number().int().min(0).catch(0),
    original: z.string().optional(),
    /** The version that was shown as "theirs", and what to do where both changed the same. */
    seen: z.coerce.number().int().optional().catch(undefined),
    choices: z
      .object(Object.fromEntries(fields.map((field) => [field, choice])) as Record<BuiltInField, typeof choice>)
      .optional()
      .catch(undefined),
  });
}

/** The form of an account's contact as it is sent to be saved: `ContactEdit`. */
export function editForm(place: FormPlace) {
  return z
    .intersection(
      carried(place.fields ?? []).transform(({ original, ...edit }) => ({ ...edit, original: readOriginal(original) })),
      contactForm(place).transform((values) => ({ values })),
    )
    .transform((edit) => ({
      ...edit,
      values: edit.original ? asStored(edit.values, edit.original, place) : edit.values,
    }));
}

export function originalText(values: ContactValues): string {
  return JSON.stringify(values);
}

/** Null where the form carries nothing that could be its beginning: then everything that differs is asked about. */
function readOriginal(json: string | undefined): ContactValues | null {
  const parsed = z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: "custom", message: "This is no JSON." });
        return z.NEVER;
      }
    })
    .pipe(z.intersection(valuesShape, z.record(z.string(), z.unknown())))
    .safeParse(json);
  if (!parsed.success) return null;
  const own = Object.entries(parsed.data).filter(([key, value]) => isCustomField(key) && typeof value === "string");
  return { ...valuesShape.parse(parsed.data), ...(Object.fromEntries(own) as Partial<ContactValues>) };
}

/**
 * What was not touched as it is stored: a form writes a phone or a country otherwise than they are kept, and cannot say
 * all that an import can.
 */
function asStored(typed: ContactValues, original: ContactValues, place: FormPlace): ContactValues {
  const untouched = contactForm(place).safeParse(formDefaults(original, place));
  if (!untouched.success) return typed;
  const touched = changedFieldsOf(untouched.data, typed);
  return withFields(
    typed,
    fieldsIn(typed, original).filter((field) => !touched.includes(field)),
    original,
  );
}
