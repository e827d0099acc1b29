/** What narrows a list by the account's own fields, as one condition. */
import { sql, type SqlBool } from "kysely";
import { type CustomField } from "~/features/contacts/contact";
import { idOf } from "~/features/contacts/custom/custom-field";
import { type CustomFilter, type CustomFilters, filteredFields } from "~/features/contacts/custom/custom-filters";
import { decimalKey } from "~/features/contacts/custom/decimal";
import { type Builder, type Condition } from "~/features/contacts/list/list-conditions.server";
import "~/features/contacts/tables";
import { fold, sortKey } from "~/platform/fold.server";
import { type Scope } from "~/platform/scope.server";
import { isDate } from "~/platform/time";

/** Nothing where there is none. Leading, the first field of which something is asked is read along its index. */
export function customConditions(scope: Scope, filters: CustomFilters): Condition[] {
  const fields = filteredFields(filters);
  const first = fields.find((field) => filters[field]?.has !== "no");
  if (fields.length === 0) return [];
  return [
    {
      lead: first ? "field" : null,
      where: (eb, leading) =>
        eb.and(
          fields.map((field) => {
            const filter = filters[field] ?? {};
            const values = valuesOf(eb, scope, { field, filter });
            if (leading && field === first) return eb("contacts.id", "in", values.select("own.contact_id"));
            const ofThis = values.select("own.contact_id").whereRef("own.contact_id", "=", "contacts.id");
            const isSaid = eb.exists(ofThis);
            // Not plainly: SQLite would make a join of it.
            return filter.has === "no" ? sql<SqlBool>`(${isSaid}) is not true` : sql<SqlBool>`(${isSaid}) is true`;
          }),
        ),
    },
  ];
}

function valuesOf(eb: Builder, scope: Scope, { field, filter }: { field: CustomField; filter: CustomFilter }) {
  const { text, is, from, to, has } = filter;
  const all = eb
    .selectFrom("contact_custom_values as own")
    .where("own.account_id", "=", scope.account.id)
    .where("own.field_id", "=", idOf(field));
  if (has === "no") return all;
  const key = sql.ref("own.value_key");
  const position = scope.database.dialect === "sqlite" ? sql.raw("instr") : sql.raw("strpos");
  const whole = /^["“”„](.*)["“”]$/.exec(text ?? "")?.[1];
  return all
    .$if(is !== undefined, (query) => query.where("own.value_key", "=", sortKey(is)))
    .$if(whole !== undefined, (query) => query.where("own.value_key", "=", sortKey(whole)))
    .$if(text !== undefined && whole === undefined, (query) =>
      query.where(sql<SqlBool>`${position}(${key}, ${fold(text ?? "")}) > 0`),
    )
    .$if(from !== undefined, (query) => query.where("own.value_key", ">=", boundKey(from ?? "")))
    .$if(to !== undefined, (query) => query.where("own.value_key", "<=", boundKey(to ?? "")));
}

function boundKey(bound: string): string {
  return isDate(bound) ? bound : decimalKey(bound);
}
