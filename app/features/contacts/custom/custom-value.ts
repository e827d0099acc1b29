/** The value of a field of the account's own: one canonical text for each type, how it is read and how it is shown. Pure. */
import { type Choice, type CustomFieldType, type FieldDefinition } from "~/features/contacts/custom/custom-field";
import { decimalText, decimalToType, readDecimal } from "~/features/contacts/custom/decimal";
import { dateToType, dateValue, dayToType, readTypedDate } from "~/features/contacts/values/typed-date";
import { oneLine } from "~/features/contacts/values/typed-text";
import { formatDate } from "~/platform/time";

export const valueLimits = { text: 300, link: 1000 } as const;

export interface ValuePlace {
  /** ISO 3166-1 alpha-2: how dates of figures are written. */
  country: string;
  /** BCP 47 */
  locale: string;
}

export type ValueReading = { ok: true; value: string } | { ok: false; reason: string };

const no = (reason: string): ValueReading => ({ ok: false, reason });
const yes = (value: string): ValueReading => ({ ok: true, value });

type Field = Pick<FieldDefinition, "type" | "choices">;

/** The canonical form of what was typed, or why there is none. For text that is not empty. */
export function readValue(field: Field, typed: string, place: ValuePlace): ValueReading {
  return readers[field.type](oneLine(typed), { field, place });
}

type Reader = (text: string, with_: { field: Field; place: ValuePlace }) => ValueReading;

const readers: Record<CustomFieldType, Reader> = {
  text: (text) =>
    Array.from(text).length <= valueLimits.text
      ? yes(text)
      : no(`This is longer than ${valueLimits.text} characters. Shorten it.`),
  number: (text, { place }) => readDecimal(text, place.locale),
  date: (text, { place }) => {
    const reading = readTypedDate(text, place);
    if (!reading.ok) return no(reading.reason);
    const like = dayToType("1958-03-14", place.locale);
    return reading.year === null ? no(`Write the year, too, like ${like}.`) : yes(dateValue(reading));
  },
  choice: (text, { field }) => {
    const found = field.choices.find((choice) => sameChoice(choice.text, text));
    return found ? yes(found.text) : no(`“${shortened(text)}” is none of the choices: ${offered(field.choices)}.`);
  },
  "yes-no": (text) => {
    const word = text.toLowerCase();
    if (yesWords.has(word)) return yes("yes");
    return noWords.has(word) ? yes("no") : no("Write yes or no.");
  },
  link: (text) => readLink(text),
};

const yesWords = new Set("yes y true 1 on x ja j wahr oui o vrai si sí s verdadero sim tak".split(" "));
const noWords = new Set("no n false 0 off nein falsch non faux falso nee nao não nie".split(" "));

/** However it is capitalised. */
export function sameChoice(one: string, other: string): boolean {
  return choiceKey(one) === choiceKey(other);
}

function choiceKey(text: string): string {
  return oneLine(text).normalize("NFKC").toLowerCase();
}

function offered(choices: readonly Choice[]): string {
  const texts = choices.filter(({ retired }) => !retired).map(({ text }) => text);
  return texts.length > 8 ? `${texts.slice(0, 8).join(", ")} and ${texts.length - 8} more` : texts.join(", ");
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

const NO_LINK = "This is no address of a web page. Write it like https://www.example.org/page.";

function readLink(text: string): ValueReading {
  const hasScheme = /^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[^/:]+:\d/.test(text);
  const url = /\s/.test(text) ? null : parsed(hasScheme ? text : `https://${text}`);
  const problem = url ? linkProblem(url) : NO_LINK;
  return url && problem === null ? yes(url.href) : no(problem ?? NO_LINK);
}

function linkProblem({ protocol, username, password, hostname, href }: URL): string | null {
  if (protocol !== "https:" && protocol !== "http:") return "Only addresses of web pages: https or http.";
  if (username || password) return "Leave out the name and the password: whoever sees this sees them.";
  if (!/[.:]/.test(hostname) && hostname !== "localhost") return NO_LINK;
  return href.length <= valueLimits.link ? null : `This is longer than ${valueLimits.link} characters.`;
}

function parsed(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

/** A link that a page may lead to: what was stored once is looked at again. */
export function safeLink(value: string): string | null {
  return /^https?:\/\//.test(value) ? value : null;
}

/** As a page shows it. */
export function valueText(type: CustomFieldType, value: string, locale: string): string {
  if (type === "number") return decimalText(value, locale);
  if (type === "date") return formatDate({ timeZone: "UTC", locale }, value);
  if (type === "yes-no") return value === "yes" ? "Yes" : "No";
  return type === "link" ? value.replace(/^https?:\/\//, "").replace(/\/$/, "") : value;
}

/** As a form shows it: it reads back as the same. */
export function valueToType(type: CustomFieldType, value: string, place: ValuePlace): string {
  if (type === "number") return decimalToType(value, place.locale);
  return type === "date" ? dateToType(value, place) : value;
}
