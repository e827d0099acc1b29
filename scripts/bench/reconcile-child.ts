/** A comparison that is timed and whose memory is measured, for reconcile.1m: told of a database, an account and two runs. */
import { measureStored } from "./reconcile-stored";
import { systemScope } from "~/features/accounts/account-scope.server";
import { openDatabase } from "~/platform/db/open.server";
import { installationOf } from "~/testing/try-tasks";

process.env.NODE_ENV = "production";
const [url = "", accountId = "", runId = "", bareRunId = ""] = process.argv.slice(2);
const database = await openDatabase({ url, dataDir: "", log: { warn: () => {} } });
const scope = await systemScope(installationOf(database), accountId);
process.send?.(await measureStored(scope, [runId, bareRunId]));
await database.close();
process.disconnect?.();
