/** A record of a tap as columns and cells: properties by their names, what is inside them with a dot. */
import { type Json, type JsonObject, type SourceColumn, type SourceField } from "~/features/connectors/connector";
import { isNeeded, pathOf, type TapStream } from "~/features/connectors/providers/singer/catalog";
import { isObject } from "~/features/connectors/reading/answers";

const DEEPEST = 3;
const MOST_COLUMNS = 200;
/** Between values of one cell: the reader of contacts knows it from address books. */
const BETWEEN = " ::: ";

/** What the Singer library itself adds is no field of anybody's. */
const isOurs = (property: string) => !property.startsWith("_sdc_");

export function fieldsOf(stream: TapStream): SourceField[] {
  const properties = isObject(stream.schema.properties) ? Object.entries(stream.schema.properties) : [];
  return properties.flatMap(([property, schema]): SourceField[] => {
    const said = stream.metadata.get(pathOf(["properties", property])) ?? {};
    if (said.inclusion === "unsupported" || !isOurs(property)) return [];
    const needed = isNeeded(stream, property);
    return [
      {
        // A tap knows no groups: what is not chosen stands together.
        ...{ id: property, label: labelOf(property, schema), group: "Other fields" },
        usual: needed || said["selected-by-default"] !== false,
        ...(needed ? { always: true } : {}),
        columns: columnsOf(property, schema, labelOf(property, schema)).slice(0, MOST_COLUMNS),
      },
    ];
  });
}

function columnsOf(id: string, schema: Json, label: string, depth = 1): SourceColumn[] {
  const below = insideOf(schema);
  if (below === null || depth >= DEEPEST) return [{ id, label }];
  return Object.entries(below).flatMap(([name, each]) =>
    columnsOf(`${id}.${name}`, each, `${label}: ${labelOf(name, each)}`, depth + 1),
  );
}

/** The properties of an object, or of the objects of a list; null: it has none that are known. */
function insideOf(schema: Json | undefined): JsonObject | null {
  if (!isObject(schema)) return null;
  if (isObject(schema.properties) && Object.keys(schema.properties).length > 0) return schema.properties;
  const others = [schema.items, ...listIn(schema.anyOf), ...listIn(schema.oneOf)];
  for (const other of others) {
    const found = insideOf(other);
    if (found) return found;
  }
  return null;
}

function listIn(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** `first_name` and `firstName` are "First name". */
function labelOf(name: string, schema: Json): string {
  if (isObject(schema) && typeof schema.title === "string" && schema.title.trim() !== "") return schema.title.trim();
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[_\-\s]+/g, " ")
    .trim();
  return words === ""
    ? name
    : words[0]!.toUpperCase() + words.slice(1).replace(/ [A-Z](?=[a-z])/g, (w) => w.toLowerCase());
}

export function cellsOf(payload: JsonObject): ReadonlyMap<string, string> {
  const cells = new Map<string, string[]>();
  for (const [property, value] of Object.entries(payload)) addCells(cells, property, value);
  return new Map([...cells].map(([id, texts]) => [id, texts.join(BETWEEN)]));
}

/** Lists of objects say each of their properties as a list. */
function addCells(cells: Map<string, string[]>, id: string, value: Json, depth = 1): void {
  if (Array.isArray(value)) {
    for (const each of value as readonly Json[]) addCells(cells, id, each, depth);
  } else if (isObject(value)) {
    // Whole, too, for where nobody knew what is inside it.
    add(cells, id, summary(value));
    if (depth >= DEEPEST) return;
    for (const [name, each] of Object.entries(value)) addCells(cells, `${id}.${name}`, each, depth + 1);
  } else if (value !== null) {
    add(cells, id, String(value).trim());
  }
}

function add(cells: Map<string, string[]>, id: string, text: string): void {
  if (text === "") return;
  const known = cells.get(id);
  if (known) known.push(text);
  else cells.set(id, [text]);
}

function summary(value: JsonObject): string {
  const said = Object.entries(value).filter(([, each]) => each !== null && each !== "" && typeof each !== "object");
  return said.map(([name, each]) => `${name}: ${String(each)}`).join("; ");
}
