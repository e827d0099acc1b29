/** Another process that writes to the same file, as the worker does: path, account id, how many rows. */
import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import Sqlite from "better-sqlite3";

const [path, account, count] = process.argv.slice(2);
const db = new Sqlite(path, { timeout: 5_000 });
const insert = db.prepare("insert into given_orders (account_id, id) values (?, ?)");
process.stdout.write("started\n");
for (let turn = 0; turn < Number(count); turn++) {
  db.exec("begin immediate");
  insert.run(account, randomUUID());
  await delay(4);
  db.exec("commit");
  await delay(1);
}
db.close();
