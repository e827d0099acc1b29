/** A contact of Microsoft Graph as cells. */
import { type JsonObject } from "~/features/connectors/connector";
import { isObject } from "~/features/connectors/reading/answers";
import { addressParts } from "~/features/connectors/providers/microsoft/contact-fields";

type Cell = [column: string, text: string | null];

export function cellsOf(payload: JsonObject): ReadonlyMap<string, string> {
  const cells: Cell[] = [
    ...plain.map((id): Cell => [id, textOf(payload, id)]),
    ["displayName", textOf(payload, "givenName") || textOf(payload, "surname") ? null : textOf(payload, "displayName")],
    ["birthday", birthdayOf(textOf(payload, "birthday"))],
    ["emailAddresses", emailsOf(payload).join(BETWEEN)],
    ["businessPhones", textsOf(payload, "businessPhones").join(BETWEEN)],
    ["homePhones", textsOf(payload, "homePhones").join(BETWEEN)],
    ...addresses.flatMap(([id, label]) => addressCells(payload, id, label)),
    // Ends with what stands between two, so that a comma in a single category parts nothing.
    [
      "categories",
      textsOf(payload, "categories")
        .map((text) => text + BETWEEN)
        .join(""),
    ],
    ...noted.map(([id, label]): Cell => [id, notedOf(payload, id, label)]),
  ];
  return new Map(cells.flatMap(([column, text]) => (text ? [[column, text]] : [])));
}

/** Between values of one cell: the reader of contacts knows it from address books. */
const BETWEEN = " ::: ";

const plain = [
  ...["givenName", "middleName", "surname", "title", "generation", "nickName", "mobilePhone"],
  ...["companyName", "jobTitle", "department", "officeLocation", "profession", "personalNotes"],
];

/** What goes to notes says what it is. */
const noted = [
  ["businessHomePage", "Website"],
  ["imAddresses", "Chat"],
  ["manager", "Manager"],
  ["assistantName", "Assistant"],
  ["spouseName", "Spouse"],
  ["children", "Children"],
] as const;

const addresses = [
  ["businessAddress", "work"],
  ["homeAddress", "home"],
  ["otherAddress", "other"],
] as const;

function textOf(payload: JsonObject, id: string): string | null {
  const value = payload[id];
  return typeof value === "string" ? value.trim() || null : null;
}

function textsOf(payload: JsonObject, id: string): string[] {
  const values = payload[id];
  return Array.isArray(values)
    ? values.flatMap((value: unknown) => (typeof value === "string" ? value.trim() || [] : []))
    : [];
}

/** Colleagues may stand there with their place in Exchange's directory (X.500: `/o=…`), which is no address to write to. */
function emailsOf({ emailAddresses }: JsonObject): string[] {
  if (!Array.isArray(emailAddresses)) return [];
  const found = emailAddresses.flatMap((each: JsonObject) => (isObject(each) ? (textOf(each, "address") ?? []) : []));
  return found.filter((address) => !address.startsWith("/"));
}

/** Outlook’s way of saying that the year is not known. */
const NO_YEAR = "1604";

/** An instant, of which the date counts: midnight or noon by Greenwich. Far future or year 1: there is none. */
function birthdayOf(text: string | null): string | null {
  const [, year = "", day = ""] = /^(\d{4})(-\d\d-\d\d)/.exec(text ?? "") ?? [];
  if (year === "" || year === "0001" || year >= "4000") return null;
  return year === NO_YEAR ? `-${day}` : year + day;
}

function addressCells(payload: JsonObject, id: string, label: string): Cell[] {
  const address = payload[id];
  if (!isObject(address)) return [];
  const parts = addressParts.map(([part]): Cell => [`${id}.${part}`, textOf(address, part)]);
  return parts.some(([, text]) => text !== null) ? [[`${id}.label`, label], ...parts] : [];
}

function notedOf(payload: JsonObject, id: string, label: string): string | null {
  const text = textOf(payload, id) ?? textsOf(payload, id).join(", ");
  return text === "" ? null : `${label}: ${text}`;
}
