/**
 * A worker that carries a comparison out and kills itself before its STATEMENTth statement: `node … URL APP_ROLE ACCOUNT
 * RUN NOW STATEMENT`. Ends in order when it never comes so far.
 */
import { systemScope } from "~/features/accounts/account-scope.server";
import { carryOut } from "~/features/reconciliation/runs/carry-out.server";
import { openDatabase } from "~/platform/db/open.server";
import { countingHandle } from "~/testing/count-statements";
import { installationOf } from "~/testing/try-tasks";

const [url = "", appRole, accountId = "", runId = "", now = "", statement = "1"] = process.argv.slice(2);
const opened = await openDatabase({ url, dataDir: "", log: { warn: () => {} }, appRole: appRole || undefined });
let left = Number(statement);
const forAccount = (id: string) =>
  countingHandle(opened.forAccount(id), () => {
    if ((left -= 1) === 0) process.kill(process.pid, "SIGKILL");
  });
const installation = { ...installationOf({ ...opened, forAccount }), clock: { now: () => now } };
const scope = await systemScope(installation, accountId);
await carryOut(scope, runId, { providers: new Map(), signal: new AbortController().signal });
await opened.close();
