import { sql } from "kysely";
import { expect, test } from "vitest";
import { openTestDatabase } from "~/testing/databases";

/** SQLite may take any index of an account to count its contacts: none may send it to each contact for more. */
test("every index of an account's contacts tells which of them are archived", async () => {
  const { unguarded, close } = await openTestDatabase("sqlite");
  try {
    const { rows } = await sql<{ name: string; columns: string; written: string }>`
      select i.name as name, group_concat(c.name) as columns, m.sql as written
      from pragma_index_list('contacts') i, pragma_index_info(i.name) c
      join sqlite_master m on m.name = i.name and m.sql is not null
      group by i.name`.execute(unguarded);
    expect(rows.length).toBeGreaterThan(10);
    const silent = rows.filter(({ columns, written }) => !/archived_at|deleted_at/.test(columns + written));
    expect(silent.map(({ name }) => name)).toEqual([]);
  } finally {
    await close();
  }
});
