/** Properties of HubSpot as cells: each under its own name. */
import { type JsonObject } from "~/features/connectors/connector";
import { kindOf } from "~/features/connectors/providers/hubspot/kinds";

export function cellsOf(streamId: string, payload: JsonObject): ReadonlyMap<string, string> {
  const { noted } = kindOf(streamId);
  const cells = new Map<string, string>();
  for (const [name, value] of Object.entries(payload)) {
    if (typeof value !== "string" || value.trim() === "") continue;
    const label = noted[name];
    cells.set(name, label === undefined ? value : `${label}: ${value}`);
  }
  return cells;
}
