/**
 * A worker that sends a campaign's email and kills itself at a named point: `node … URL APP_ROLE ACCOUNT CAMPAIGN SMTP_PORT
 * POINT COUNT`, at the COUNTth time it comes to POINT. Ends in order when there is nothing more to do for it.
 */
import { systemScope } from "~/features/accounts/account-scope.server";
import { sendCampaign, type SendingPoint } from "~/features/campaigns/mailing/send-campaign.server";
import { openDatabase } from "~/platform/db/open.server";
import { parseMailServer } from "~/platform/mail/mail-server.server";
import { installationOf } from "~/testing/try-tasks";

const [url = "", appRole, accountId = "", campaignId = "", port = "", point, count = "1"] = process.argv.slice(2);
const database = await openDatabase({ url, dataDir: "", log: { warn: () => {} }, appRole: appRole || undefined });
const scope = await systemScope(installationOf(database), accountId);
const server = parseMailServer(`smtp://127.0.0.1:${port}`);
if (!server) throw new Error("no mail server");
const mail = { server, from: { name: "Tallybook", address: "ledger@brandt.example" } };
let left = Number(count);
const at = (here: SendingPoint) => {
  if (here === point && (left -= 1) === 0) process.kill(process.pid, "SIGKILL");
};
const env = { appOrigin: "https://ledger.brandt.example", mail };
await sendCampaign(scope, campaignId, { env, signal: new AbortController().signal, at });
await database.close();
