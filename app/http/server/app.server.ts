/** The server in front of Remix: everything that must hold for every response, whatever route makes it. */
import compression from "compression";
import express, { type Express } from "express";
import { accessLog } from "~/http/server/access-log.server";
import { contentTypes } from "~/http/server/content-types.server";
import { failures } from "~/http/server/failures.server";
import { type Health, healthEndpoints } from "~/http/server/health.server";
import { type Pages } from "~/http/server/pages.server";
import { readableAddresses } from "~/http/server/readable-addresses.server";
import { remixPages } from "~/http/server/remix-pages.server";
import { requestFacts } from "~/http/server/request-facts.server";
import { sameOrigin } from "~/http/server/same-origin.server";
import { securityHeaders } from "~/http/server/security-headers.server";
import { speculationRulesFile } from "~/http/server/speculation-rules-file.server";
import { knownHost } from "~/http/server/known-host.server";
import { knownMethods } from "~/http/server/known-methods.server";
import { type World } from "~/platform/world.server";

/** The order matters: facts and headers first, so that refusals carry them too; what is cheap to refuse before what is not. */
export function createApp(world: World, pages: Pages, health: Health): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.set("query parser", false);
  app.set("trust proxy", world.env.trustProxyHops);

  app.use(requestFacts(world));
  app.use(accessLog(pages));
  app.use(securityHeaders(world.env));
  app.use(knownMethods(pages));
  app.use(healthEndpoints(health));
  app.use(knownHost(world.env, pages));
  app.use(readableAddresses(pages));
  app.use(sameOrigin(world.env, pages));
  app.use(contentTypes(pages));
  // No page reflects input beside a secret (there is no form token to guess), so compressing them is safe from BREACH.
  app.use(compression({ threshold: 1_024 }));
  app.use(speculationRulesFile());
  app.use(...pages.files);
  app.use(remixPages(world, pages));
  app.use(failures(pages));
  return app;
}
