import { type RawBuilder, type SqlBool, sql } from "kysely";
import { parts } from "~/features/contacts/list/kept-contacts.server";
import "~/features/contacts/tables";
import { type Scope } from "~/platform/scope.server";

/**
 * Where the first number of whoever `owner` names stands that is not to be left alone, since it is wrong for one: there they
 * are called. Nothing where there is none. Mails and letters go to the first address alone.
 */
export function firstNumber(scope: Scope, owner: RawBuilder<string>) {
  return parts
    .selectFrom("contact_points as good")
    .select((eb) => eb.fn.min("good.position").as("position"))
    .where("good.account_id", "=", scope.account.id)
    .where(sql<SqlBool>`good.contact_id = ${owner}`)
    .where("good.channel", "=", sql.lit("phone"))
    .where("good.suppressed_at", "is", null);
}
