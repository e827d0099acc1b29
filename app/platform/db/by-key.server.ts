/**
 * Statements whose plan is the same for every value: they find a few rows by a unique key or a short index. Postgres
 * keeps their plans, which otherwise take longer to make than to run. Lists and searches are planned anew each time:
 * the right plan for a rare word or a small account is the wrong one for a common word or a large account.
 */
import { createHash } from "node:crypto";
import { type Kysely, type KyselyPlugin, type RootOperationNode } from "kysely";

const byKeyNodes = new WeakSet<object>();

const mark: KyselyPlugin = {
  transformQuery: ({ node }) => {
    byKeyNodes.add(node);
    return node;
  },
  transformResult: async ({ result }) => result,
};

/** The same handle, for a statement that is always planned alike. Its text must not vary: no lists of values in it. */
export function byKey<Tables>(db: Kysely<Tables>): Kysely<Tables> {
  return db.withPlugin(mark);
}

/** More texts than there are such statements in the program: beyond, somebody's text varies and fills the server. */
const MOST_NAMES = 500;
const names = new Map<string, string>();

/** The name under which a connection keeps the statement prepared; undefined for all that is planned anew. */
export function preparedName(node: RootOperationNode, sql: string): string | undefined {
  if (!byKeyNodes.has(node)) return undefined;
  const known = names.get(sql);
  if (known !== undefined || names.size >= MOST_NAMES) return known;
  const name = `tallybook_${createHash("sha256").update(sql).digest("hex").slice(0, 32)}`;
  names.set(sql, name);
  return name;
}
