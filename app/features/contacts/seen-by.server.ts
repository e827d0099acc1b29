import { type Expression, type ExpressionBuilder, type RawBuilder, sql, type SqlBool } from "kysely";
import "~/features/contacts/tables";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

/**
 * Which contacts are there for the reader: all, or (where the account says so) only those they own. Every query that
 * reads contacts for a person takes it into its conditions.
 */
export function seenBy(scope: Scope) {
  return (eb: ExpressionBuilder<Tables, "contacts">): Expression<SqlBool> =>
    scope.ownOnly ? eb("contacts.owner_id", "=", ownerOf(scope)) : sql<SqlBool>`1 = 1`;
}

/** The same for statements written out; `owner` is the column, e.g. `sql.ref("c.owner_id")`. */
export function seenBySql(scope: Scope, owner: RawBuilder<unknown>): RawBuilder<SqlBool> {
  return scope.ownOnly ? sql<SqlBool>`${owner} = ${ownerOf(scope)}` : sql<SqlBool>`1 = 1`;
}

function ownerOf(scope: Scope): string {
  if (!scope.user) throw new Error("Only a person can be limited to their own contacts");
  return scope.user.id;
}
