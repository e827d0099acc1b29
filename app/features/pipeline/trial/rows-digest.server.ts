import { hash } from "node:crypto";
import { arranged } from "~/features/pipeline/corrections/correction";
import { mapRow } from "~/features/pipeline/stages/map";
import { type PreparedRow } from "~/features/pipeline/stages/prepare-rows.server";
import { type RunSettings } from "~/features/pipeline/draft/run-settings.server";

/**
 * One number for the rows of a file, whatever their order and however they are written: the sum of their hashes (as in
 * AdHash, Bellare and Micciancio 1997), with their count. A row that cannot be taken counts as what it says, by field.
 */
export function rowsDigest(settings: SaidSettings) {
  const sums = [0n, 0n];
  let count = 0;
  return {
    add(rows: readonly PreparedRow[]): void {
      for (const row of rows) {
        const text = row.ok ? row.row.hash : hash("sha256", saidBy(row.raw.cells, settings), "hex");
        sums[0] = BigInt.asUintN(64, (sums[0] ?? 0n) + BigInt(`0x${text.slice(0, 16)}`));
        sums[1] = BigInt.asUintN(64, (sums[1] ?? 0n) + BigInt(`0x${text.slice(16, 32)}`));
      }
      count += rows.length;
    },
    value: () => `${count}:${sums.map((sum) => sum.toString(16).padStart(16, "0")).join("")}`,
  };
}

type SaidSettings = Pick<RunSettings, "columns" | "mapping" | "correction">;

function saidBy(cells: readonly string[], { columns, mapping, correction }: SaidSettings): string {
  const mapped = [...mapRow(correction ? arranged(cells, correction) : cells, { columns, fields: mapping })];
  return JSON.stringify(mapped.map(([field, said]) => [field, said.map(({ text }) => text)]).sort());
}
