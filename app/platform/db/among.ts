import { type Expression, expressionBuilder, sql, type SqlBool } from "kysely";
import { type DialectName } from "~/platform/db/database.server";

const eb = expressionBuilder();

/**
 * Whether a text is one of very many (`valueChunks`). To Postgres they go as one parameter, an array: a thousand of their
 * own take as long to be read as what they are to find.
 */
export function isAmong(
  dialect: DialectName,
  text: Expression<string>,
  values: readonly string[],
): Expression<SqlBool> {
  if (dialect === "postgres") return sql<SqlBool>`${text} = any(cast(${values} as text array))`;
  return eb(text, "in", values);
}
