/** A person or organisation of Pipedrive as cells. */
import { type Json, type JsonObject } from "~/features/connectors/connector";
import { isObject } from "~/features/connectors/reading/answers";

/** Between values of one cell: the reader of contacts knows it from address books. */
const BETWEEN = " ::: ";

type Cell = readonly [column: string, text: string];

export function cellsOf(streamId: string, payload: JsonObject): ReadonlyMap<string, string> {
  const cells = Object.entries(payload).flatMap(([field, value]) =>
    field === "name" ? nameCells(streamId, value) : (own[field] ?? plain)(field, value),
  );
  return new Map(cells.filter(([, text]) => text !== ""));
}

/** Fields that are more than a text. */
const own: Readonly<Record<string, (field: string, value: Json) => Cell[]>> = {
  emails: (field, value) => labelled(field, value, ["work"]),
  phones: (field, value) => labelled(field, value, ["work", "mobile"]),
  address: addressCells,
  postal_address: addressCells,
  org_id: () => [],
};

/** Organisations have a name in one piece; people sometimes, too. */
function nameCells(streamId: string, value: Json): Cell[] {
  if (!isObject(value)) return [];
  const [first, last, name] = [textOf(value.first), textOf(value.last), textOf(value.name)];
  if (streamId === "organizations") return [["name", name]];
  const isParted = first !== "" || last !== "";
  return [
    ["first_name", first],
    ["last_name", isParted ? last : name],
  ];
}

/** The chief one first; what is called otherwise than the columns goes into the first of them. */
function labelled(field: string, value: Json, labels: readonly string[]): Cell[] {
  const all = Array.isArray(value) ? (value as readonly Json[]).filter(isObject) : [];
  const sorted = [...all].sort((a, b) => Number(b.primary === true) - Number(a.primary === true));
  const texts = new Map<string, string[]>();
  for (const { label, value: text } of sorted) {
    const column = typeof label === "string" && labels.includes(label) ? `${field}.${label}` : field;
    const said = textOf(text);
    if (said !== "") texts.set(column, [...(texts.get(column) ?? []), said]);
  }
  return [...texts].map(([column, some]) => [column, some.join(BETWEEN)]);
}

/** In parts where somebody has found it on a map; else as it was typed. */
function addressCells(field: string, value: Json): Cell[] {
  if (!isObject(value)) return [];
  const part = (name: string) => textOf(value[name]);
  const town = part("locality") || part("sublocality");
  const isParted = town !== "" || part("postal_code") !== "";
  return [
    [`${field}.street`, isParted ? streetOf(part("route"), part("street_number"), part("value")) : part("value")],
    [`${field}.city`, town],
    [`${field}.region`, part("admin_area_level_1")],
    [`${field}.postalCode`, part("postal_code")],
    [`${field}.country`, part("country")],
  ];
}

/** The number stands where the whole address has it: before the street in Leeds, behind it in Köln. */
function streetOf(route: string, number: string, whole: string): string {
  const before = `${number} ${route}`.trim();
  return whole.includes(before) ? before : `${route} ${number}`.trim();
}

function plain(field: string, value: Json): Cell[] {
  if (Array.isArray(value)) return [[field, (value as readonly Json[]).map(textOf).filter(Boolean).join(BETWEEN)]];
  return [[field, textOf(value)]];
}

/** Amounts and ranges are objects: what they are of is in `value`. */
function textOf(value: Json | undefined): string {
  if (isObject(value)) return [textOf(value.value), textOf(value.currency ?? value.until)].filter(Boolean).join(" ");
  return value === undefined || value === null || typeof value === "object" ? "" : String(value).trim();
}
