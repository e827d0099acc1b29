/** Sealing everything anew with the newest key, and saying what an older one still holds. */
import { sealedColumns } from "~/composition.server";
import { systemScope } from "~/features/accounts/account-scope.server";
import { accountIds } from "~/features/accounts/accounts.server";
import { type InstallationScope, type Scope } from "~/platform/scope.server";
import { type ByKey, countByKey, resealColumn, type SealedColumn } from "~/platform/sealed-columns.server";

export interface Rotation {
  /** The name of the newest key. */
  newest: string;
  /** Sealed anew by this run. */
  done: number;
  /** What is sealed now, by key. */
  byKey: ByKey;
  /** Where what is not sealed with the newest key stands, by `table.column` and key. */
  left: Map<string, ByKey>;
}

/** Can be run again at any time: what is done is done, and what is new is counted afresh. */
export async function rotateKeys(scope: InstallationScope, columns = sealedColumns): Promise<Rotation> {
  const newest = scope.keys.encryption[0]?.kid ?? "";
  const rotation: Rotation = { newest, done: 0, byKey: new Map(), left: new Map() };
  for await (const [within, column] of everyPart(scope, columns)) {
    rotation.done += (await resealColumn(within, column)).done;
  }
  for await (const [within, column] of everyPart(scope, columns)) {
    for (const [kid, count] of await countByKey(within, column)) {
      raise(rotation.byKey, kid, count);
      if (kid === newest) continue;
      const field = `${column.table}.${column.column}`;
      const counts = rotation.left.get(field) ?? new Map<string, number>();
      raise(counts, kid, count);
      rotation.left.set(field, counts);
    }
  }
  return rotation;
}

function raise(counts: ByKey, kid: string, by: number): void {
  counts.set(kid, (counts.get(kid) ?? 0) + by);
}

/** The installation's columns once, an account's for each account. */
async function* everyPart(
  scope: InstallationScope,
  columns: readonly SealedColumn[],
): AsyncGenerator<[Scope | InstallationScope, SealedColumn]> {
  for (const column of columns.filter(({ ofAccounts }) => !ofAccounts)) yield [scope, column];
  for await (const accountId of accountIds(scope)) {
    const within = await systemScope(scope, accountId);
    for (const column of columns.filter(({ ofAccounts }) => ofAccounts)) yield [within, column];
  }
}

/** For whoever ran it. */
export function rotationInWords({ newest, done, byKey, left }: Rotation): string {
  const lines = [`${done} values are sealed anew with ${newest}.`];
  for (const [kid, count] of [...byKey].sort()) lines.push(`  ${kid}: ${count}`);
  if (left.size === 0) {
    lines.push("Nothing needs an older key any more: it can be taken out of ENCRYPTION_KEYS.");
    return lines.join("\n");
  }
  lines.push("These do not open. Their key is missing from ENCRYPTION_KEYS, or they were altered:");
  for (const [field, counts] of left) {
    for (const [kid, count] of counts) lines.push(`  ${field}: ${count} sealed with ${kid}`);
  }
  return lines.join("\n");
}
