import { type Server } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { offerSetUp } from "~/features/sign-in/set-up.server";
import { installationScope } from "~/http/scope.server";
import { newId } from "~/platform/ids.server";
import { createApp } from "~/http/server/app.server";
import { answerBrokenRequests } from "~/http/server/http-server.server";
import { type Pages } from "~/http/server/pages.server";
import { readinessChecks } from "~/http/server/readiness.server";
import { endsByDraining } from "~/platform/process/drain.server";
import { openWorld } from "~/platform/open-world.server";

/** How long a load balancer may take to notice that we are no longer ready. */
const NOTICE_MS = 1_000;

/** Serves until it is told to stop. Returns a way to end the process as a signal would. */
export async function startWeb(server: Server, pages: Pages): Promise<(exitCode: number, reason: string) => void> {
  const world = await openWorld("web");
  const { env, log, database } = world;
  let draining = false;
  const app = createApp(world, pages, { isDraining: () => draining, checks: readinessChecks(world) });
  answerBrokenRequests(server, env, log);
  server.on("request", (req, res) => {
    if (draining) res.setHeader("Connection", "close");
    app(req, res);
  });

  const end = endsByDraining(log, async () => {
    draining = true;
    if (env.mode === "production") await wait(NOTICE_MS);
    await closed(server);
    await database.close();
  });
  await listening(server, env.port, env.mode === "production" ? undefined : "127.0.0.1");
  await offerSetUp(installationScope({ ...world, requestId: newId(), address: null }), env.appOrigin);
  log.info({ port: env.port, origin: env.appOrigin, mode: env.mode, dialect: database.dialect }, "Serving");
  return end;
}

/** In development only this machine may connect. */
function listening(server: Server, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

const IDLE_CHECK_MS = 100;

/** No new connections; those at work end with their answer, and what is or becomes idle is closed. */
function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const closing = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
    server.close(() => {
      clearInterval(closing);
      resolve();
    });
  });
}
