import { createHash } from "node:crypto";
import { sql } from "kysely";
import { withoutGuard } from "~/platform/db/approved.server";
import { type Scope } from "~/platform/scope.server";

/**
 * Writes SQLite's search index; Postgres keeps its own. One of the two files that use a handle without the guard, since
 * the index is a virtual table with no account_id: here every statement names the account itself.
 */

/** Where the account tokens' private-use characters lie: the search text's own marks (U+F8FE, U+F8FF) are outside. */
const TOKEN_START = 0xe000;
const TOKEN_RANGE = 0xf800 - TOKEN_START;

/**
 * Three private-use characters in front of each indexed text, by which candidates are the account's own. Should two
 * accounts share a token it costs time only: candidates are checked against the account.
 */
export function accountToken(accountId: string): string {
  const digest = createHash("sha256").update(accountId).digest();
  return String.fromCharCode(...[0, 2, 4].map((at) => TOKEN_START + (digest.readUInt16BE(at) % TOKEN_RANGE)));
}

/** Indexes contacts anew, whether they were indexed before or not. Call after writing them, in the same transaction. */
export async function indexContacts(scope: Scope, contactIds: readonly string[]): Promise<void> {
  if (scope.database.dialect !== "sqlite" || contactIds.length === 0) return;
  await sql`
    insert or replace into contact_search (rowid, text)
    select search_id, ${accountToken(scope.account.id)} || search from contacts
    where account_id = ${scope.account.id} and id in (select value from json_each(${JSON.stringify(contactIds)}))
  `.execute(withoutGuard(scope.db));
}
