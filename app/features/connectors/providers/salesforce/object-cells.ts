/** Fields of Salesforce as cells: each under its own name. */
import { type JsonObject } from "~/features/connectors/connector";
import { ACCOUNT, kindOf } from "~/features/connectors/providers/salesforce/kinds";

export function cellsOf(streamId: string, payload: JsonObject): ReadonlyMap<string, string> {
  const { noted, type } = kindOf(streamId);
  const cells = new Map<string, string>();
  for (const [name, value] of Object.entries(payload)) {
    if (type === "Contact" && name === ACCOUNT) continue;
    const text = textOf(value);
    if (text === "") continue;
    const label = noted[name];
    cells.set(name, label === undefined ? text : `${label}: ${text}`);
  }
  return cells;
}

function textOf(value: JsonObject[string] | undefined): string {
  if (typeof value === "string") return value.trim();
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}
