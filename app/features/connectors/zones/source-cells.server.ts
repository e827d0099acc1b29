import { type JsonObject, type Provider } from "~/features/connectors/connector";
import { valuesIn } from "~/features/connectors/reading/cell-values";
import { readSourcedSettings } from "~/features/pipeline/sourced/sourced-settings.server";

interface Received {
  /** Of the run, as JSON. */
  settings: string;
  payload: string;
  stream: string;
  provider: Pick<Provider, "cellsOf">;
}

/** The cells of a record as it was received, with where the mapping of its run sent each. */
export function sourceCells({ settings, payload, stream, provider }: Received) {
  const found = readSourcedSettings(settings).streams.find(({ id }) => id === stream);
  const received = JSON.parse(payload) as JsonObject;
  const cells = provider.cellsOf(stream, received);
  const fields = fieldsOfColumns(received, stream, provider);
  return (found?.columns ?? []).map(({ id, label }, index) => ({
    ...{ column: label, field: found?.mapping[index] ?? "", text: valuesIn(cells.get(id) ?? "").join(", ") },
    rawField: fields.get(id) ?? null,
  }));
}

/** Which field of the payload a column's cell stands in: that which gives the cell when it is there by itself. */
function fieldsOfColumns(received: JsonObject, stream: string, provider: Pick<Provider, "cellsOf">) {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(received)) {
    for (const column of provider.cellsOf(stream, { [name]: value }).keys()) {
      if (!found.has(column)) found.set(column, name);
    }
  }
  return found;
}
