import { type Providers } from "~/features/connectors/connector";
import { sourceCells } from "~/features/connectors/zones/source-cells.server";
import { type CanonicalRecord } from "~/features/contacts/zones/find-record.server";
import { type ReceivedCell } from "~/features/contacts/zones/trace";
import { fileCells } from "~/features/pipeline/zones/file-cells.server";

/** The cells that a record was made from, as they were received; none for what was typed, and of a system unknown here. */
export function receivedCells(
  { run, raw, source, atSource }: Pick<CanonicalRecord, "run" | "raw" | "source" | "atSource">,
  providers: Providers,
): ReceivedCell[] {
  if (!run || !raw) return [];
  if (source === "file") return fileCells(run.settings, raw.payload);
  const provider = atSource && providers.get(run.provider ?? "");
  return provider
    ? sourceCells({ settings: run.settings, payload: raw.payload, stream: atSource.stream, provider })
    : [];
}
