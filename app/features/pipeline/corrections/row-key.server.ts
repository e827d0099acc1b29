/**
 * The key of a refused row, in a hidden column of the file in which refused rows leave: it names the run and the row,
 * and is signed for the account, so that a corrected row is known again and nobody can make one up.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { type Correction } from "~/features/pipeline/corrections/correction";
import { type Keys, purposeKey } from "~/platform/encryption.server";

const PURPOSE = "refused-row";
const SIGNATURE_DIGITS = 32;

/** Letters, digits and dashes alone, beginning with a letter: no spreadsheet makes anything else of it. */
const shape = /^'?row-([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})-(\d{1,9})-([0-9a-f]{32})$/;

export interface RowPlace {
  runId: string;
  position: number;
}

export interface RowKeys {
  write(place: RowPlace): string;
  /** Null for what was not made here, for this account. */
  read(text: string): RowPlace | null;
}

/** The position at which a corrected row was refused first; null where its key does not tell. */
export function firstPosition(
  keys: RowKeys,
  { runId, keyAt }: Pick<Correction, "runId" | "keyAt">,
  cells: readonly string[],
): number | null {
  const place = keys.read(cells[keyAt] ?? "");
  return place?.runId === runId ? place.position : null;
}

export function rowKeys(keys: Keys, accountId: string): RowKeys {
  const key = purposeKey(keys, PURPOSE);
  const sign = ({ runId, position }: RowPlace) =>
    createHmac("sha256", key)
      .update(JSON.stringify([PURPOSE, accountId, runId, position]))
      .digest("hex")
      .slice(0, SIGNATURE_DIGITS);
  return {
    write: (place) => `row-${place.runId.replaceAll("-", "")}-${place.position}-${sign(place)}`,
    read(text) {
      const [, ...parts] = shape.exec(text.trim().toLowerCase()) ?? [];
      const [position, signature] = parts.slice(5);
      if (!position || !signature) return null;
      const place = { runId: parts.slice(0, 5).join("-"), position: Number(position) };
      return timingSafeEqual(Buffer.from(signature), Buffer.from(sign(place))) ? place : null;
    },
  };
}
