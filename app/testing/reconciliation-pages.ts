/** The pages of reconciliations, as somebody of a firm sees them. */
import { startSession } from "~/features/sign-in/sessions.server";
import { hostCookie } from "~/http/cookies.server";
import { installationScope } from "~/http/scope.server";
import { type DialectName } from "~/platform/db/database.server";
import { newId } from "~/platform/ids.server";
import { type InstallationScope, type Scope } from "~/platform/scope.server";
import * as deletionRoute from "~/routes/reconciliations/deletion";
import * as returnRoute from "~/routes/reconciliations/return";
import * as auditRoute from "~/routes/reconciliations/audit/begin";
import * as auditColumnsRoute from "~/routes/reconciliations/audit/columns";
import * as auditFilesRoute from "~/routes/reconciliations/audit/files";
import * as auditRefusedRoute from "~/routes/reconciliations/audit/refused";
import * as auditSavingRoute from "~/routes/reconciliations/audit/saving";
import * as listRoute from "~/routes/reconciliations/list";
import * as newRoute from "~/routes/reconciliations/new";
import * as summaryRoute from "~/routes/reconciliations/results/summary";
import * as cancellationRoute from "~/routes/reconciliations/runs/cancellation";
import * as figuresRoute from "~/routes/reconciliations/runs/figures";
import * as runRoute from "~/routes/reconciliations/runs/run";
import * as runsRoute from "~/routes/reconciliations/runs/runs";
import * as idsRoute from "~/routes/reconciliations/set-up/ids";
import * as leftOutRoute from "~/routes/reconciliations/set-up/left-out";
import * as scheduleRoute from "~/routes/reconciliations/set-up/schedule";
import * as timeAndMoneyRoute from "~/routes/reconciliations/set-up/time-and-money";
import * as sourcesRoute from "~/routes/reconciliations/set-up/sources";
import { given, type TestClock, testClock } from "~/testing/given";
import { type Answer, formFrom, type RouteModule, type Site, startSite } from "~/testing/site";

const base = "/:account/reconciliations";
const one = `${base}/:reconciliationId`;

const routes = {
  [base]: listRoute,
  [`${base}/new`]: newRoute,
  [`${base}/audit`]: auditRoute,
  [one]: summaryRoute,
  [`${one}/files`]: auditFilesRoute,
  [`${one}/files/:side`]: auditColumnsRoute,
  [`${one}/files/:side/refused.csv`]: auditRefusedRoute,
  [`${one}/saving`]: auditSavingRoute,
  [`${one}/sources`]: sourcesRoute,
  [`${one}/time-and-money`]: timeAndMoneyRoute,
  [`${one}/ids`]: idsRoute,
  [`${one}/left-out`]: leftOutRoute,
  [`${one}/schedule`]: scheduleRoute,
  [`${one}/deletion`]: deletionRoute,
  [`${one}/return`]: returnRoute,
  [`${one}/runs`]: runsRoute,
  [`${one}/runs/:runId`]: runRoute,
  [`${one}/runs/:runId/cancellation`]: cancellationRoute,
  [`${one}/runs/:runId/figures.json`]: figuresRoute,
} as unknown as Record<string, RouteModule>;

type Fields = Record<string, string> | [string, string][];

export interface ReconciliationHouse {
  site: Site;
  clock: TestClock;
  installation: InstallationScope;
  /** Another firm, and where its reconciliations are. */
  newFirm(): Promise<{ scope: Scope; base: string }>;
  get(path: string): Promise<Answer>;
  post(path: string, fields?: Fields): Promise<Answer>;
  /** Files by their fields. */
  upload(path: string, files: Record<string, { name: string; content: string | Buffer }>): Promise<Answer>;
}

/** It is the tenth of June 2026. */
export async function openReconciliationPages(engine: DialectName): Promise<ReconciliationHouse> {
  const clock = testClock();
  clock.set("2026-06-10T09:00:00.000Z");
  const site = await startSite({ routes, engine, clock });
  const installation = installationScope({ ...site.world, requestId: newId(), address: "192.0.2.9" });
  let cookie = "";
  return {
    ...{ site, clock, installation },
    newFirm: async () => {
      const scope = await given.member(installation, await given.account(installation, { name: "Hale & Partners" }));
      const { token } = await startSession(installation, scope.user?.id ?? "", "Firefox on a laptop");
      cookie = (await hostCookie(installation.keys, "session", {}).serialize(token)).split(";", 1)[0] ?? "";
      return { scope, base: `/${scope.account.slug}/reconciliations` };
    },
    get: (path) => site.ask(path, { headers: { cookie } }),
    post: (path, fields = {}) => {
      const form = formFrom(site.origin, new URLSearchParams(fields).toString());
      return site.ask(path, { ...form, headers: { ...form.headers, cookie } });
    },
    upload: (path, files) => {
      const { headers } = formFrom(site.origin);
      const parts = Object.entries(files).flatMap(([field, { name, content }]) => [
        `--files\r\nContent-Disposition: form-data; name="${field}"; filename="${name}"\r\n`,
        "Content-Type: application/octet-stream\r\n\r\n",
        content,
        "\r\n",
      ]);
      return site.ask(path, {
        ...{ method: "POST", body: Buffer.concat([...parts, "--files--\r\n"].map((piece) => Buffer.from(piece))) },
        headers: { ...headers, cookie, "content-type": "multipart/form-data; boundary=files" },
      });
    },
  };
}

/** The reconciliation that an answer leads to. */
export const reconciliationIn = ({ headers }: Answer) =>
  /reconciliations\/([0-9a-f-]{36})/.exec(headers.location ?? "")?.[1] ?? "";
