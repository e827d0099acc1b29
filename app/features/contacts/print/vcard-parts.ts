/** What vCards of every version are put together from. */
import { type ContactValues } from "~/features/contacts/contact";
import { type ContentLine } from "~/features/contacts/print/vcard-line";

export function blank(count: number): string[][] {
  return Array.from({ length: count }, () => [""]);
}

export function optional(name: string, value: string | null): ContentLine[] {
  return value ? [{ name, parts: [[value]] }] : [];
}

/** The words people put beside a number, as the types that every phone knows. */
const types: [RegExp, string][] = [
  [/mobil|cell|handy|portable|móvil|komórk/i, "CELL"],
  [/fax/i, "FAX"],
  [/work|office|business|büro|arbeit|geschäft|dienst|travail|bureau|trabajo|ufficio|lavoro|werk|kantoor|prac/i, "WORK"],
  [/home|private|privat|haus|maison|domicile|casa|thuis|dom/i, "HOME"],
];

export function typesOf(label: string | null): string[] {
  return types.filter(([pattern]) => pattern.test(label ?? "")).map(([, type]) => type);
}

/** A label that no type says is kept beside it, as Apple and Google do: `item1.X-ABLabel`. */
export function ownLabel(label: string | null): string | null {
  return label && typesOf(label).length === 0 ? label : null;
}

/** No vCard has a place for what is noted beside a number, and version 3.0 none for a day of death. */
export function noteOf(values: Pick<ContactValues, "notes" | "diedOn" | "emails" | "phones">): string | null {
  const points = [...values.emails, ...values.phones].filter(({ note }) => note);
  const lines = [
    values.notes,
    values.diedOn && `Died on ${values.diedOn}`,
    ...points.map(({ value, note }) => `${value}: ${note}`),
  ];
  return lines.filter(Boolean).join("\n") || null;
}
