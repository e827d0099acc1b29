/** Rows of a part of a statement as one text, to be read along with the rest of it: a page asks the database six times at most. */
import { type AliasableExpression, type Expression, expressionBuilder } from "kysely";
import { type DialectName } from "~/platform/db/database.server";

const functions = {
  sqlite: { list: "json_group_array", item: "json_array" },
  postgres: { list: "json_agg", item: "json_build_array" },
};
const { fn, cast } = expressionBuilder();

/** A JSON list of a list per row, for `fromJson`, in no order; of no rows it is null or an empty list. */
export function packRows(
  dialect: DialectName,
  columns: readonly Expression<unknown>[],
): AliasableExpression<string | null> {
  const { list, item } = functions[dialect];
  return cast<string | null>(fn.agg<string>(list, [fn<string>(item, columns)]), "text");
}
