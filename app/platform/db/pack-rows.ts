/** Rows of a part of a statement as one text, to be read along with the rest of it: a page asks the database six times at most. */
import { type AliasableExpression, type Expression, expressionBuilder, sql } from "kysely";
import { type DialectName } from "~/platform/db/database.server";

const functions = {
  sqlite: { list: "json_group_array", item: "json_array", named: "json_object" },
  postgres: { list: "json_agg", item: "json_build_array", named: "json_build_object" },
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

/** Several such texts as one: a JSON object of them, for `fromJson`, then each for its own reader. */
export function packTexts(
  dialect: DialectName,
  texts: Readonly<Record<string, Expression<string | null>>>,
): AliasableExpression<string | null> {
  // SQLite remembers of what it has packed that it is JSON: it would not be a text in there.
  const asText = (text: Expression<string | null>) => sql<string | null>`(${text} || '')`;
  const pairs = Object.entries(texts).flatMap(([name, text]) => [sql.lit(name), asText(text)]);
  return cast<string | null>(fn<string>(functions[dialect].named, pairs), "text");
}
