/**
 * A worker that carries a run of a HubSpot connector on and kills itself before its STATEMENTth statement: `node … URL
 * APP_ROLE ACCOUNT RUN SOURCE_URL NOW STATEMENT`. Ends in order when it never comes so far.
 */
import { subjects } from "~/composition.server";
import { systemScope } from "~/features/accounts/account-scope.server";
import { continueSync } from "~/features/connectors/runs/continue-sync.server";
import { openDatabase } from "~/platform/db/open.server";
import { countingHandle } from "~/testing/count-statements";
import { hubspotDoors } from "~/testing/hubspot-doors";
import { installationOf } from "~/testing/try-tasks";

const [url = "", appRole, accountId = "", runId = "", source = "", now = "", statement = "1"] = process.argv.slice(2);
const opened = await openDatabase({ url, dataDir: "", log: { warn: () => {} }, appRole: appRole || undefined });
let left = Number(statement);
const forAccount = (id: string) =>
  countingHandle(opened.forAccount(id), () => {
    if ((left -= 1) === 0) process.kill(process.pid, "SIGKILL");
  });
const installation = { ...installationOf({ ...opened, forAccount }), clock: { now: () => now } };
const scope = await systemScope(installation, accountId);
const doors = hubspotDoors(source);
await continueSync(scope, runId, { subjects, doors, signal: new AbortController().signal });
await opened.close();
