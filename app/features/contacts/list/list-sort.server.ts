/** By what a list is sorted: a key of the contact's own row, or of what it says of one of the account's own fields. */
import { expressionBuilder, type RawBuilder, sql } from "kysely";
import { isCustomField } from "~/features/contacts/contact";
import { idOf } from "~/features/contacts/custom/custom-field";
import { type ContactSort, type SortColumn, sortColumns } from "~/features/contacts/list/contact-list";
import { EMPTY_KEY } from "~/platform/fold.server";
import { type Scope } from "~/platform/scope.server";
import { type Tables } from "~/platform/db/tables";

export interface SortKey {
  /** Null: no index of `contacts` is in this order. */
  column: SortColumn | null;
  /** Of a row of `contacts`. */
  key: RawBuilder<string>;
}

const parts = expressionBuilder<Tables, never>();

export function sortKeyOf(scope: Scope, sort: ContactSort): SortKey {
  if (!isCustomField(sort)) {
    const column = sortColumns[sort];
    return { column, key: sql.ref<string>(`contacts.${column}`) };
  }
  const value = parts
    .selectFrom("contact_custom_values as sorted")
    .select("sorted.value_key")
    .where("sorted.account_id", "=", scope.account.id)
    .where("sorted.field_id", "=", idOf(sort))
    .where("sorted.contact_id", "=", sql.ref<string>("contacts.id"));
  return { column: null, key: sql<string>`coalesce((${value}), ${EMPTY_KEY})` };
}
