/** How many statements something takes, those of the search too, which go without the guard. */
import { type Kysely, type KyselyPlugin } from "kysely";
import { type Database } from "~/platform/db/database.server";
import { type Tables } from "~/platform/db/tables";

/** The same handle; `said` is called at each statement. */
export function countingHandle(db: Kysely<Tables>, said: () => void): Kysely<Tables> {
  const counter: KyselyPlugin = {
    transformQuery: ({ node }) => {
      said();
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const counted = db.withPlugin(counter);
  const bare = counted.withoutPlugins.bind(counted);
  return Object.assign(counted, { withoutPlugins: () => bare().withPlugin(counter) });
}

/** From now on counts what every handle of this database is asked. The result says how many, and starts anew. */
export function countStatements(database: Database): () => number {
  const { forAccount, forInstallation } = database;
  let count = 0;
  const said = () => void count++;
  Object.assign(database, {
    forAccount: (accountId: string) => countingHandle(forAccount(accountId), said),
    forInstallation: () => countingHandle(forInstallation(), said),
  } satisfies Partial<Database>);
  return () => {
    const counted = count;
    count = 0;
    return counted;
  };
}
