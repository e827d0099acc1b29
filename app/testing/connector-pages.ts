/** The pages of connectors, served over the small system behind an address and a key, as an administrator sees them. */
import { afterAll, beforeAll, beforeEach } from "vitest";
import { z } from "zod";
import { subjects } from "~/composition.server";
import { type Provider, type Providers, Trouble } from "~/features/connectors/connector";
import { google } from "~/features/connectors/providers/google/google";
import { continueSync } from "~/features/connectors/runs/continue-sync.server";
import "~/features/connectors/tables";
import { startSession } from "~/features/sign-in/sessions.server";
import { hostCookie } from "~/http/cookies.server";
import { installationScope, type RouteArgs } from "~/http/scope.server";
import { newId } from "~/platform/ids.server";
import { noProviders } from "~/platform/provider-settings.server";
import { type InstallationScope, type Scope } from "~/platform/scope.server";
import * as catalogueRoute from "~/routes/connectors/catalogue";
import { loadCatalogue } from "~/routes/connectors/catalogue.server";
import * as connectionRoute from "~/routes/connectors/connection/connection";
import { loadConnection } from "~/routes/connectors/connection/connection-view.server";
import * as disconnectionRoute from "~/routes/connectors/connection/disconnection";
import { disconnectIt, loadDisconnection } from "~/routes/connectors/connection/disconnection.server";
import * as answerRoute from "~/routes/connectors/connector/answer";
import { giveAnswer, loadAnswer } from "~/routes/connectors/connector/answer.server";
import * as connectorRoute from "~/routes/connectors/connector/connector";
import { loadConnector } from "~/routes/connectors/connector/connector.server";
import * as deletionRoute from "~/routes/connectors/connector/deletion";
import { deleteIt, loadDeletion } from "~/routes/connectors/connector/deletion.server";
import * as onePausing from "~/routes/connectors/connector/pausing";
import * as oneResumption from "~/routes/connectors/connector/resumption";
import * as settingsRoute from "~/routes/connectors/connector/settings";
import { loadSettings, saveSettings } from "~/routes/connectors/connector/settings.server";
import { startOne } from "~/routes/connectors/connector/start.server";
import * as listRoute from "~/routes/connectors/list";
import { loadList } from "~/routes/connectors/list.server";
import * as logoRoute from "~/routes/connectors/logo";
import * as newRoute from "~/routes/connectors/new";
import { loadNew, makeConnector } from "~/routes/connectors/new.server";
import * as pausing from "~/routes/connectors/pausing";
import * as resumption from "~/routes/connectors/resumption";
import { startTicked } from "~/routes/connectors/start.server";
import { repeatRun } from "~/routes/import/repetition.server";
import { type DialectName } from "~/platform/db/database.server";
import { given, type TestClock, testClock } from "~/testing/given";
import { type Answer, formFrom, type RouteModule, type Site, startSite } from "~/testing/site";
import { type SmallSystem, smallSystem } from "~/testing/small-system";

const { signal } = new AbortController();

/** The small system behind an address and a key, as an own server is. */
function behindAKey(system: SmallSystem, tried: string[]): Provider {
  return {
    ...system.provider,
    words: ["bookkeeping"],
    settings: {
      fields: [
        { name: "address", label: "Address of the ledger", type: "address", hint: "Begins with https://." },
        { name: "database", label: "Database", type: "text", advanced: true, identifies: true },
        { name: "key", label: "Key", type: "secret" },
        {
          ...{ name: "version", label: "Version", type: "choice", advanced: true, initial: "2" },
          choices: [
            { value: "1", label: "Before 2020" },
            { value: "2", label: "Since 2020" },
          ],
        },
      ],
      schema: z.object({
        address: z.string().startsWith("https://", "Write the address with https:// at its beginning."),
        database: z.string().default(""),
        key: z.string(),
        version: z.enum(["1", "2"]).default("2"),
      }),
    },
    test: ({ secrets, settings }) => {
      tried.push(settings.address ?? "");
      return secrets.key === "right-key-4711"
        ? Promise.resolve()
        : Promise.reject(new Trouble("Small Ledger does not take this key. Make a new one there."));
    },
  };
}

function routesWith(providers: Providers): Record<string, RouteModule> {
  type Load = (args: RouteArgs, providers: Providers) => unknown;
  const route = (module: object, loader?: Load, action?: Load) =>
    ({
      ...module,
      ...(loader ? { loader: (args: RouteArgs) => loader(args, providers) } : {}),
      ...(action ? { action: (args: RouteArgs) => action(args, providers) } : {}),
    }) as RouteModule;
  const base = "/:account/connectors";
  const one = `${base}/:connectorId`;
  return {
    [base]: route(listRoute, loadList),
    [`${base}/start`]: route({}, undefined, startTicked),
    [`${base}/pausing`]: route(pausing),
    [`${base}/resumption`]: route(resumption),
    [`${base}/catalogue`]: route(catalogueRoute, loadCatalogue),
    [`${base}/logos/:provider`]: route(logoRoute),
    [`${base}/new/:provider`]: route(newRoute, loadNew, makeConnector),
    [one]: route(connectorRoute, loadConnector),
    [`${one}/settings`]: route(settingsRoute, loadSettings, saveSettings),
    [`${one}/start`]: route({}, undefined, startOne),
    ["/:account/imports/:runId/repetition"]: route({}, undefined, repeatRun),
    [`${one}/pausing`]: route(onePausing),
    [`${one}/resumption`]: route(oneResumption),
    [`${one}/answer`]: route(answerRoute, loadAnswer, giveAnswer),
    [`${one}/deletion`]: route(deletionRoute, loadDeletion, deleteIt),
    [`${one}/connection`]: route(connectionRoute, loadConnection),
    [`${one}/connection/disconnection`]: route(disconnectionRoute, loadDisconnection, disconnectIt),
  };
}

interface ConnectorHouse {
  site: Site;
  system: SmallSystem;
  clock: TestClock;
  installation: InstallationScope;
  /** The addresses that a key was sent to. */
  tried: string[];
  /** Another firm, and the address of its connectors; of the system's people there are four, one with an email that is none. */
  newFirm(): Promise<{ scope: Scope; base: string }>;
  get(path: string): Promise<Answer>;
  post(path: string, fields?: Record<string, string> | [string, string][]): Promise<Answer>;
  /** Does what the job of a run does. */
  worked(runId: string): Promise<void>;
}

async function openConnectorPages(engine: DialectName): Promise<ConnectorHouse> {
  const clock = testClock();
  const system = smallSystem();
  const tried: string[] = [];
  const providers: Providers = new Map([
    ["small", behindAKey(system, tried)],
    ["google", google],
  ]);
  system.doors = { ...system.doors, providers };
  const site = await startSite({ routes: routesWith(providers), engine, clock, env: { providers: noProviders } });
  const installation = installationScope({ ...site.world, requestId: newId(), address: "192.0.2.9" });
  let scope: Scope;
  let cookie = "";
  return {
    ...{ site, system, clock, installation, tried },
    newFirm: async () => {
      scope = await given.member(installation, await given.account(installation, { name: "Hale & Partners" }));
      const { token } = await startSession(installation, scope.user?.id ?? "", "Firefox on a laptop");
      cookie = (await hostCookie(installation.keys, "session", {}).serialize(token)).split(";", 1)[0] ?? "";
      fill(system);
      return { scope, base: `/${scope.account.slug}/connectors` };
    },
    get: (path) => site.ask(path, { headers: { cookie } }),
    post: (path, fields = {}) => {
      const form = formFrom(site.origin, new URLSearchParams(fields).toString());
      return site.ask(path, { ...form, headers: { ...form.headers, cookie } });
    },
    worked: (runId) => continueSync(scope, runId, { subjects, doors: system.doors, signal }),
  };
}

type Shared = Pick<ConnectorHouse, "get" | "post" | "worked">;

/** With the firm that a test begins with, and the address of its connectors. */
interface ConnectorPages extends Shared {
  readonly house: ConnectorHouse;
  readonly system: SmallSystem;
  readonly scope: Scope;
  readonly base: string;
}

/** For the tests of a suite: one house, and each begins with another firm. */
export function connectorPagesInEach(engine: DialectName): ConnectorPages {
  let house: ConnectorHouse;
  let firm: Awaited<ReturnType<ConnectorHouse["newFirm"]>>;
  beforeAll(async () => {
    house = await openConnectorPages(engine);
  });
  beforeEach(async () => {
    firm = await house.newFirm();
  });
  afterAll(() => house.site.close());
  return {
    get house() {
      return house;
    },
    get system() {
      return house.system;
    },
    get scope() {
      return firm.scope;
    },
    get base() {
      return firm.base;
    },
    get: (path) => house.get(path),
    post: (path, fields) => house.post(path, fields),
    worked: (runId) => house.worked(runId),
  };
}

function fill(system: SmallSystem): void {
  for (const stream of ["people", "companies"]) system.empty(stream);
  system.put("people", "p1", { given: "Ngozi", family: "Lindqvist", email: "ngozi@lindqvist.example" });
  system.put("people", "p2", { given: "Emeka", family: "Okafor", email: "emeka@okafor.example" });
  system.put("people", "p3", { given: "Grace", family: "Llewellyn", email: "grace@llewellyn.example" });
  system.put("people", "p4", { given: "Bridget", family: "Hale", email: "bridget at home" });
}

/** What a page says, without its tags. */
export function textOf({ text }: Answer): string {
  return text
    .replace(/<!-- -->/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/&amp;/g, "&")
    .replace(/\s+/g, " ");
}

/** What the next page will say on top. */
export function messageIn({ headers }: Answer): { text?: string; tone?: string } {
  const [line = ""] = (headers["set-cookie"] ?? []).filter((line) => line.startsWith("__Host-flash="));
  const value = decodeURIComponent(line.split(";", 1)[0]?.slice("__Host-flash=".length) ?? "");
  return JSON.parse(Buffer.from(value.split(".", 1)[0] ?? "", "base64").toString() || "{}") as {
    text?: string;
    tone?: string;
  };
}

/** The connector that an answer leads to. */
export const idIn = ({ headers }: Answer) => /connectors\/([0-9a-f-]{36})/.exec(headers.location ?? "")?.[1] ?? "";
/** The run that it leads to. */
export const runIn = ({ headers }: Answer) => /imports\/([0-9a-f-]{36})/.exec(headers.location ?? "")?.[1] ?? "";
