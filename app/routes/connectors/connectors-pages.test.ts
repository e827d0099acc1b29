/** Connectors by their pages: found in the catalogue, made, looked at, run, asked, changed, paused, deleted. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { subjects } from "~/composition.server";
import { openSecrets } from "~/features/connectors/access/secrets.server";
import { GrantEnded, type Provider, type Providers, Trouble } from "~/features/connectors/connector";
import { findConnector } from "~/features/connectors/find-connector.server";
import { listSources } from "~/features/connectors/zones/list-sources.server";
import { listConnectors } from "~/features/connectors/list-connectors.server";
import { google } from "~/features/connectors/providers/google/google";
import { cancelAnyRun } from "~/features/connectors/runs/cancel-sync.server";
import { continueSync } from "~/features/connectors/runs/continue-sync.server";
import { startSync } from "~/features/connectors/runs/start-sync.server";
import { findSetUp } from "~/features/connectors/set-up/find-set-up.server";
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
import { databases } from "~/testing/databases";
import { given, type TestClock, testClock } from "~/testing/given";
import { connected, contactsOf, offers, runOf, synced } from "~/testing/given-syncs";
import { type Answer, formFrom, type RouteModule, type Site, startSite } from "~/testing/site";
import { type SmallSystem, smallSystem } from "~/testing/small-system";

const { signal } = new AbortController();

/** The addresses that a key was sent to. */
const tried: string[] = [];

/** The small system behind an address and a key, as an own server is. */
function behindAKey(system: SmallSystem): Provider {
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

describe.each(databases)("connectors by their pages on %s", (engine) => {
  let site: Site;
  let system: SmallSystem;
  let provider: Provider;
  let clock: TestClock;
  let installation: InstallationScope;
  let scope: Scope;
  let cookie: string;
  let base: string;

  beforeAll(async () => {
    clock = testClock();
    system = smallSystem();
    provider = behindAKey(system);
    const providers: Providers = new Map([
      ["small", provider],
      ["google", google],
    ]);
    system.doors = { ...system.doors, providers };
    site = await startSite({ routes: routesWith(providers), engine, clock, env: { providers: noProviders } });
    installation = installationScope({ ...site.world, requestId: newId(), address: "192.0.2.9" });
  });
  afterAll(() => site.close());

  beforeEach(async () => {
    scope = await given.member(installation, await given.account(installation, { name: "Hale & Partners" }));
    const { token } = await startSession(installation, scope.user?.id ?? "", "Firefox on a laptop");
    cookie = (await hostCookie(installation.keys, "session", {}).serialize(token)).split(";", 1)[0] ?? "";
    base = `/${scope.account.slug}/connectors`;
    for (const stream of ["people", "companies"]) system.empty(stream);
    system.put("people", "p1", { given: "Ngozi", family: "Lindqvist", email: "ngozi@lindqvist.example" });
    system.put("people", "p2", { given: "Emeka", family: "Okafor", email: "emeka@okafor.example" });
    system.put("people", "p3", { given: "Grace", family: "Llewellyn", email: "grace@llewellyn.example" });
    system.put("people", "p4", { given: "Bridget", family: "Hale", email: "bridget at home" });
  });

  const get = (path: string) => site.ask(path, { headers: { cookie } });
  const post = (path: string, fields: Record<string, string> | [string, string][] = {}) => {
    const form = formFrom(site.origin, new URLSearchParams(fields).toString());
    return site.ask(path, { ...form, headers: { ...form.headers, cookie } });
  };
  const textOf = ({ text }: Answer) =>
    text
      .replace(/<!-- -->/g, "")
      .replace(/<[^>]+>/g, " ")
      .replace(/&amp;/g, "&")
      .replace(/\s+/g, " ");
  const messageIn = ({ headers }: Answer) => {
    const [line = ""] = (headers["set-cookie"] ?? []).filter((line) => line.startsWith("__Host-flash="));
    const value = decodeURIComponent(line.split(";", 1)[0]?.slice("__Host-flash=".length) ?? "");
    return JSON.parse(Buffer.from(value.split(".", 1)[0] ?? "", "base64").toString() || "{}") as {
      text?: string;
      tone?: string;
    };
  };
  const idIn = ({ headers }: Answer) => /connectors\/([0-9a-f-]{36})/.exec(headers.location ?? "")?.[1] ?? "";
  const worked = async (runId: string) => continueSync(scope, runId, { subjects, doors: system.doors, signal });
  const runIn = ({ headers }: Answer) => /imports\/([0-9a-f-]{36})/.exec(headers.location ?? "")?.[1] ?? "";

  describe("the catalogue", () => {
    test("tells of each system what is read and what is needed, and what whoever runs Tallybook has to do first", async () => {
      const page = await get(`${base}/catalogue`);
      const text = textOf(page);
      expect(text).toContain("Google Contacts Contacts Is read The contacts of a Google account");
      expect(text).toContain("Is needed Somebody who can sign in to the Google account");
      expect(text).toContain("Not set up in this installation");
      for (const word of ["GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET", `${site.origin}/connect/google/callback`]) {
        expect(text).toContain(word);
      }
      expect(text).toContain("https://www.googleapis.com/auth/contacts.readonly");
      expect(page.text).toContain(`href="${base}/new/small"`);
      expect(page.text).not.toContain(`href="${base}/new/google"`);
    });

    test.each([
      ["q=BOOKKEEPING", ["small"]],
      ["q=gmail", ["google"]],
      ["q=google+labels", ["google"]],
      ["q=google+companies", []],
      ["category=contacts", ["google", "small"]],
      ["category=shops", []],
      ["category=nonsense&q=companies", ["small"]],
    ])("is searched by words and kind in its address: %s", async (search, wanted) => {
      const { text } = await get(`${base}/catalogue?${search}`);
      expect([...text.matchAll(/<li id="(\w+)">/g)].map(([, id]) => id)).toEqual(wanted);
      if (wanted.length === 0) expect(text).toContain("No system is like this.");
    });

    test("shows pictures in which nothing is run", async () => {
      const { headers, text, status } = await get(`${base}/logos/google`);
      expect([status, headers["content-type"]]).toEqual([200, "image/svg+xml"]);
      expect(headers["content-security-policy"]).toBe("default-src 'none'; frame-ancestors 'none'; sandbox");
      expect(text).toContain("<svg");
      expect((await get(`${base}/logos/small`)).status).toBe(404);
    });
  });

  describe("a new connector", () => {
    const typed = {
      name: "Ledger of the office",
      "setting-address": "https://ledger.hale.example",
      "setting-key": "right-key-4711",
    };

    test("is asked for what its system needs; what most leave as it is, is folded away", async () => {
      const { text } = await get(`${base}/new/small`);
      expect(text).toContain('value="Small Ledger"');
      expect(text).toMatch(/name="setting-key"[^>]*type="password"/);
      expect(text).toMatch(/<details><summary>More options<\/summary>.*name="setting-version"/s);
      expect(text).toContain('aria-label="Step 1 of 6"');
      expect((await get(`${base}/new/nowhere`)).status).toBe(404);
    });

    test("with a key that is taken goes on to what is read; the key is sealed and never shown again", async () => {
      const made = await post(`${base}/new/small`, typed);
      const id = idIn(made);
      expect([made.status, made.headers.location]).toEqual([303, `${base}/${id}/fields`]);
      expect(messageIn(made).text).toBe("Small Ledger can be read.");
      const connector = await findConnector(scope, id);
      if (!connector) throw new Error("It was not made");
      expect(connector).toMatchObject({
        ...{ name: "Ledger of the office", state: "setting-up", provider: "small" },
        settings: { address: "https://ledger.hale.example", version: "2" },
      });
      expect(connector.sealedSecrets).not.toContain("right-key");
      expect(openSecrets(scope, connector)).toEqual({ key: "right-key-4711" });
      for (const path of ["", "/settings", "/connection", "/deletion"]) {
        expect((await get(`${base}/${id}${path}`)).text).not.toContain("right-key");
      }
      expect((await get(`${base}/new/small`)).text).toContain('value="Small Ledger"');
      await post(`${base}/new/small`, { ...typed, name: "Small Ledger" });
      expect((await get(`${base}/new/small`)).text).toContain('value="Small Ledger 2"');
      const twice = await post(`${base}/new/small`, { ...typed, name: "small ledger" });
      expect(twice.status).toBe(422);
      expect(textOf(twice)).toContain("Give it a name of its own, such as “small ledger 2”.");
      const renamed = await post(`${base}/${id}/settings`, { ...typed, name: "Small Ledger", version: "1" });
      expect(renamed.status).toBe(422);
    });

    test("with a key that is not taken is kept, and says what failed and what to do", async () => {
      const made = await post(`${base}/new/small`, { ...typed, "setting-key": "wrong" });
      expect(made.headers.location).toBe(`${base}/${idIn(made)}/connection`);
      const { text, tone } = messageIn(made);
      expect(tone).toBe("warn");
      expect(text).toBe(
        "It is kept, but it cannot be read. Small Ledger does not take this key. Make a new one there.",
      );
      const page = await get(`${base}/${idIn(made)}/connection`);
      expect(textOf(page)).toContain("Small Ledger does not take this key.");
      expect(textOf(page)).toContain("State Not connected");
      expect(page.text).not.toContain(">Connected<");
      expect(page.text).toContain(`href="${base}/${idIn(made)}/settings"`);
      const own = textOf(await get(`${base}/${idIn(made)}`));
      expect(own).toContain("It could not be read with what was entered. Small Ledger does not take this key.");
      expect(own).not.toContain("not connected to an account yet");
      await post(`${base}/${idIn(made)}/settings`, { ...typed, version: "1" });
      expect(textOf(await get(`${base}/${idIn(made)}/connection`))).toContain("Go on to what is read");
      expect(page.text).toContain('aria-label="Step 1 of 6"');
    });

    test("that lacks something says so in words, and nothing typed is lost but the key", async () => {
      const refused = await post(`${base}/new/small`, {
        ...{ name: " ", "setting-address": "ledger.hale.example", "setting-key": "", "setting-version": "1" },
      });
      expect(refused.status).toBe(422);
      const text = textOf(refused);
      expect(text).toContain("Give it a name, so that people know it again.");
      expect(text).toContain("Write the address with https:// at its beginning.");
      expect(text).toContain("Fill in: Key.");
      expect(refused.text).toContain('value="ledger.hale.example"');
      expect(refused.text).toMatch(/<option value="1" selected="">/);
      expect(await listConnectors(scope)).toEqual([]);
    });

    test("of a system that nobody has registered is not begun, and says what is missing", async () => {
      const page = textOf(await get(`${base}/new/google`));
      expect(page).toContain("Google Contacts is not set up in this installation");
      const refused = await post(`${base}/new/google`, { name: "Google of the office" });
      expect(refused.status).toBe(422);
      expect(textOf(refused)).toContain("GOOGLE_CLIENT_ID");
      expect(await listConnectors(scope)).toEqual([]);
    });
  });

  describe("the list", () => {
    test("says what will be here, and where to begin", async () => {
      const page = await get(base);
      expect(textOf(page)).toContain("Each system that you connect will be listed here");
      expect(page.text).toContain(`href="${base}/catalogue"`);
    });

    test("shows how each stands, what its last run did, and when it is read next", async () => {
      const id = await connected(scope);
      await synced(scope, id, system);
      await scope.db
        .updateTable("connectors")
        .set({ next_run_at: "2026-05-05T07:00:00.000Z", whose: "ledger of Hale" })
        .where("account_id", "=", scope.account.id)
        .execute();
      const text = textOf(await get(base));
      expect(text).toContain("Small Ledger of Brandt");
      expect(text).toContain("Small Ledger · ledger of Hale");
      expect(text).toMatch(/On .* 4 read: 3 new, 1 refused 5 May 2026/);
    });

    test("runs, pauses and switches on many at once, and says which not and why", async () => {
      const [on, other] = [await connected(scope), await connected(scope)];
      const paused = await post(`${base}/pausing`, [
        ["id", on],
        ["id", other],
        ["id", newId()],
        ["id", "nonsense"],
      ]);
      expect(messageIn(paused).text).toBe("Paused: Small Ledger of Brandt, Small Ledger of Brandt.");
      expect((await listConnectors(scope)).map(({ state }) => state)).toEqual(["paused", "paused"]);
      expect(messageIn(await post(`${base}/resumption`, { id: on })).text).toBe("Switched on: Small Ledger of Brandt.");
      const setUp = idIn(
        await post(`${base}/new/small`, {
          name: "Half a ledger",
          "setting-address": "https://a.example",
          "setting-key": "k",
        }),
      );
      const started = await post(`${base}/start`, [
        ["id", on],
        ["id", setUp],
      ]);
      expect(messageIn(started)).toEqual({
        ...{ tone: "warn", text: "Started: Small Ledger of Brandt. Half a ledger: It is still being set up." },
      });
      expect(messageIn(await post(`${base}/start`, { id: on })).text).toContain("It is being read already.");
      expect(messageIn(await post(`${base}/resumption`, { id: setUp })).text).toBe(
        "Half a ledger stays as it is: being set up.",
      );
      expect(messageIn(await post(`${base}/start`)).text).toContain("Nothing was chosen.");
    });
  });

  describe("its own page", () => {
    test("of one that is being set up leads to the next step", async () => {
      const typed = {
        name: "Ledger",
        "setting-address": "https://ledger.hale.example",
        "setting-key": "right-key-4711",
      };
      const id = idIn(await post(`${base}/new/small`, typed));
      const page = await get(`${base}/${id}`);
      expect(textOf(page)).toContain("Being set up");
      expect(page.text).toContain(`href="${base}/${id}/fields"`);
      expect(page.text).not.toContain("Run now");
      expect(messageIn(await post(`${base}/${id}/start`)).text).toBe("It is still being set up.");
    });

    test("shows what is read, where it goes and what it did; reads everything anew, or only the refused", async () => {
      const id = await connected(scope);
      await synced(scope, id, system);
      const page = await get(`${base}/${id}`);
      const text = textOf(page);
      expect(text).toContain("people , 7 fields");
      expect(text).toContain("Given name Given name");
      expect(text).toContain("Try only the refused again, 1");
      expect(text).toContain("4 read: 3 new, 1 refused");
      expect(text).toContain("It stops and asks where more than 20 % of the records, and at least 3, would go");
      for (const edit of ["fields", "mapping", "rules", "schedule", "connection", "settings", "deletion"]) {
        expect(page.text).toContain(`href="${base}/${id}/${edit}"`);
      }
      for (const mode of ["whole", "refused"]) {
        const started = await post(`${base}/${id}/start`, { mode });
        const { mode: was } =
          (await scope.db
            .selectFrom("runs")
            .select("mode")
            .where("account_id", "=", scope.account.id)
            .where("id", "=", runIn(started))
            .executeTakeFirst()) ?? {};
        expect(was).toBe(mode);
        await worked(runIn(started));
      }
      expect((await post(`${base}/${id}/start`, { mode: "nonsense" })).status).toBe(400);
    });

    test("has each run started again as what it was", async () => {
      const id = await connected(scope);
      await synced(scope, id, system);
      const refused = runIn(await post(`${base}/${id}/start`, { mode: "refused" }));
      const again = () => post(`${base.replace("connectors", "imports")}/${refused}/repetition`);
      expect(messageIn(await again()).text).toBe("It is being read already.");
      await cancelAnyRun(scope, refused);
      const begun = await again();
      expect(messageIn(begun).text).toBe("What was refused is tried again.");
      expect((await runOf(scope, runIn(begun))).connector?.mode).toBe("refused");
    });

    test("is paused and switched on again", async () => {
      const id = await connected(scope);
      expect(messageIn(await post(`${base}/${id}/pausing`)).text).toBe("Paused: Small Ledger of Brandt.");
      expect(textOf(await get(`${base}/${id}`))).toContain(
        "Nothing new comes in by itself until it is switched on again.",
      );
      expect(messageIn(await post(`${base}/${id}/resumption`)).text).toBe("Switched on: Small Ledger of Brandt.");
    });

    test.each([
      ["follow", ["archived", "archived", "archived"]],
      ["leave", ["here", "here", "here"]],
    ])("of one that asks shows the numbers, and the answer “%s” is done by a run", async (answer, stand) => {
      const id = await connected(scope);
      await synced(scope, id, system);
      system.empty("people");
      const { id: askedBy } = await synced(scope, id, system, { mode: "whole" });
      expect(textOf(await get(`${base}/${id}`))).toContain("The source shows no records at all, where there were 3.");
      const asked = await get(`${base}/${id}/answer`);
      expect(asked.text).toContain(`name="askedBy" value="${askedBy}"`);
      const page = textOf(asked);
      expect(page).toContain("Gone there 4");
      expect(page).toContain("Follow it here, 4 records");
      expect((await post(`${base}/${id}/answer`, { answer: "maybe" })).status).toBe(400);
      const earlier = await post(`${base}/${id}/answer`, { answer, askedBy: newId() });
      expect([messageIn(earlier).text, earlier.headers.location]).toEqual([
        "That was answered already, and this is asked since. Nothing was done: look at the numbers first.",
        `${base}/${id}/answer`,
      ]);
      const given = await post(`${base}/${id}/answer`, { answer, askedBy });
      await worked(runIn(given));
      expect((await contactsOf(scope)).map(({ isArchived }) => (isArchived ? "archived" : "here"))).toEqual(stand);
      expect((await get(`${base}/${id}/answer`)).headers.location).toBe(`${base}/${id}`);
      expect(messageIn(await post(`${base}/${id}/answer`, { answer, askedBy })).text).toBe(
        "That is not asked any more.",
      );
    });
  });

  describe("its settings", () => {
    const typed = { name: "Ledger", "setting-address": "https://ledger.hale.example", "setting-key": "right-key-4711" };

    test("are changed with the key left as it is", async () => {
      const id = idIn(await post(`${base}/new/small`, typed));
      const form = await get(`${base}/${id}/settings`);
      expect(form.text).toContain("One is kept, encrypted. Leave it empty to keep it.");
      await offers(scope, id, { people: [] });
      const change = { ...typed, name: "Ledger of the office", "setting-key": "", "setting-version": "1" };
      const saved = await post(`${base}/${id}/settings`, { ...change, version: "1" });
      expect(messageIn(saved).text).toBe("Saved. Small Ledger can be read. The next run reads everything.");
      const connector = await findConnector(scope, id);
      expect(connector).toMatchObject({ name: "Ledger of the office", settings: { version: "1" } });
      expect(connector && openSecrets(scope, connector)).toEqual({ key: "right-key-4711" });
      expect((await findSetUp(scope, id))?.offers).toBeNull();
    });

    test("with another address want the key again, which goes nowhere else; another page there is no other address", async () => {
      const id = idIn(await post(`${base}/new/small`, typed));
      const change = { name: "Ledger", "setting-address": "https://new.hale.example", "setting-key": "", version: "1" };
      tried.length = 0;
      const refused = await post(`${base}/${id}/settings`, change);
      expect([refused.status, tried]).toEqual([422, []]);
      expect(textOf(refused)).toContain("Type the key again: the address is another one.");
      expect(refused.text).toContain('value="https://new.hale.example"');
      expect((await findConnector(scope, id))?.settings.address).toBe("https://ledger.hale.example");

      const page = { ...change, "setting-address": "https://ledger.hale.example/login" };
      expect((await post(`${base}/${id}/settings`, page)).status).toBe(303);
      const again = { ...change, "setting-key": "right-key-4711", version: "2" };
      expect(messageIn(await post(`${base}/${id}/settings`, again)).text).toBe(
        "Saved. Small Ledger can be read. The next run reads everything.",
      );
      expect(tried).toEqual(["https://ledger.hale.example/login", "https://new.hale.example"]);
    });

    test("lead to no other system once records were read: their ids would stand for others there", async () => {
      const id = await connected(scope);
      const first = { ...typed, version: "1" };
      expect((await post(`${base}/${id}/settings`, first)).status).toBe(303);
      await synced(scope, id, system);
      const other = {
        ...first,
        "setting-address": "https://okafor.example",
        "setting-database": "okafor",
        version: "2",
      };
      const refused = await post(`${base}/${id}/settings`, other);
      expect(refused.status).toBe(422);
      for (const what of ["address", "database"]) {
        expect(textOf(refused)).toContain(`This connector has read from another ${what}. Make a new connector for it.`);
      }
      expect((await findConnector(scope, id))?.settings.address).toBe("https://ledger.hale.example");
      const sameServer = { ...other, "setting-address": "https://ledger.hale.example/web", "setting-database": "" };
      expect((await post(`${base}/${id}/settings`, sameServer)).status).toBe(303);
    });

    test("that somebody else has changed meanwhile are not lost: theirs is told, mine still stands there", async () => {
      const id = idIn(await post(`${base}/new/small`, typed));
      const mine = { ...typed, "setting-key": "", version: "1" };
      await post(`${base}/${id}/settings`, { ...mine, name: "Ledger of Grace" });
      const refused = await post(`${base}/${id}/settings`, { ...mine, name: "Ledger of Tom" });
      expect(refused.status).toBe(422);
      expect(textOf(refused)).toContain(
        "Somebody else has changed this meanwhile. It says now: Name: Ledger of Grace;",
      );
      expect(refused.text).toContain('value="Ledger of Tom"');
      expect((await findConnector(scope, id))?.name).toBe("Ledger of Grace");
      await post(`${base}/${id}/settings`, { ...mine, name: "Ledger of Tom", version: "2" });
      expect((await findConnector(scope, id))?.name).toBe("Ledger of Tom");
    });

    test("with a new key one that lost its access goes on where it stood", async () => {
      const id = idIn(await post(`${base}/new/small`, typed));
      await post(`${base}/${id}/connection/disconnection`);
      expect((await findConnector(scope, id))?.state).toBe("needs-reconnecting");
      const pages = [await get(base), await get(`${base}/${id}`), await get(`${base}/${id}/connection`)].map(textOf);
      for (const page of pages) expect(page).toContain("Disconnected");
      expect(pages[1]).toContain("It was disconnected. Since");
      expect(pages.join()).not.toMatch(/has to be connected again|needs its key again|did not take its key/i);
      expect(textOf(await get(`${base}/${id}/settings`))).toContain("Kept encrypted, and never shown again.");
      const empty = await post(`${base}/${id}/settings`, { ...typed, "setting-key": "", version: "1" });
      expect([empty.status, textOf(empty).includes("Fill in: Key.")]).toEqual([422, true]);
      await post(`${base}/${id}/settings`, { ...typed, version: "1" });
      expect((await findConnector(scope, id))?.state).toBe("setting-up");
    });
  });

  describe("one that is let in no more", () => {
    const typed = { name: "Ledger", "setting-address": "https://ledger.hale.example", "setting-key": "right-key-4711" };

    /** It has its key and has read. */
    async function reading(): Promise<string> {
      const id = await connected(scope);
      await post(`${base}/${id}/settings`, { ...typed, version: "1" });
      await synced(scope, id, system);
      return id;
    }
    const refuse = async (id: string) => {
      system.trouble = () => {
        throw new GrantEnded("Small Ledger does not take this key any more.");
      };
      await synced(scope, id, system);
      system.trouble = () => undefined;
    };
    const stands = async (id: string) => (await findConnector(scope, id))?.state;

    test("goes on with the key it had, once that is taken again; not before", async () => {
      const id = await reading();
      await refuse(id);
      expect(await stands(id)).toBe("needs-reconnecting");
      const page = textOf(await get(`${base}/${id}/connection`));
      expect(page).toContain("Small Ledger did not take its key. Enter it again in its settings.");
      expect(page).toContain("Test the connection");
      await post(`${base}/${id}/settings`, { ...typed, "setting-key": "wrong-key-0815", version: "2" });
      expect(await stands(id)).toBe("needs-reconnecting");
      await post(`${base}/${id}/settings`, { ...typed, version: "3" });
      expect(await stands(id)).toBe("on");
      await refuse(id);
      await post(`${base}/${id}/settings`, { ...typed, "setting-key": "", version: "4" });
      expect(await stands(id)).toBe("on");
    });
  });

  describe("one that is paused", () => {
    const typed = { name: "Ledger", "setting-address": "https://ledger.hale.example", "setting-key": "right-key-4711" };

    test.each(["disconnected", "refused"])("and was %s stays paused when it is given its key again", async (how) => {
      const id = await connected(scope);
      await post(`${base}/${id}/settings`, { ...typed, version: "1" });
      await synced(scope, id, system);
      await post(`${base}/${id}/pausing`);
      if (how === "disconnected") await post(`${base}/${id}/connection/disconnection`, { records: "stay" });
      else {
        system.trouble = () => {
          throw new GrantEnded("Small Ledger does not take this key any more.");
        };
        await synced(scope, id, system);
        system.trouble = () => undefined;
      }
      expect((await findConnector(scope, id))?.state).toBe("needs-reconnecting");
      await post(`${base}/${id}/settings`, { ...typed, version: "2" });
      expect((await findConnector(scope, id))?.state).toBe("paused");
    });
  });

  describe("its end", () => {
    test("is told in numbers; what it brought stays, and the connector is there no more", async () => {
      const id = await connected(scope);
      await synced(scope, id, system);
      const page = textOf(await get(`${base}/${id}/deletion`));
      expect(page).toContain("contacts came from it 3");
      expect(page).toContain("of these known from nowhere else 3");
      const deleted = await post(`${base}/${id}/deletion`, { records: "stay" });
      expect([deleted.headers.location, messageIn(deleted).text]).toEqual([base, "Small Ledger of Brandt is deleted."]);
      expect((await contactsOf(scope)).every(({ isArchived }) => !isArchived)).toBe(true);
      for (const rest of ["", "/deletion", "/settings"]) expect((await get(`${base}/${id}${rest}`)).status).toBe(404);
      expect((await post(`${base}/${id}/deletion`)).status).toBe(404);
    });

    test.each(["/deletion", "/connection/disconnection"])("by %s can take away what it brought", async (way) => {
      const id = await connected(scope);
      await synced(scope, id, system);
      const readAt = (await listSources(scope))[0]?.readAt;
      clock.advance(60_000);
      expect(textOf(await get(`${base}/${id}${way}`))).toContain("3 contacts that nothing else stands for: archived.");
      const ended = await post(`${base}/${id}${way}`, { records: "go" });
      await worked(runIn(ended));
      expect((await contactsOf(scope)).every(({ isArchived }) => isArchived)).toBe(true);
      const page = await get(`${base}/${id}`);
      if (way === "/deletion") return expect(page.status).toBe(404);
      expect(textOf(page)).toContain("What was read was taken away.");
      expect(textOf(page)).toMatch(/Done 4 taken away .* 4 read: 3 new, 1 refused/);
      // Nothing was read then, and nothing was seen to be gone there.
      expect(await listSources(scope)).toEqual([expect.objectContaining({ gone: 0, readAt })]);
    });

    test("waits for the run that is at work: it says so, and nothing is given back before", async () => {
      const id = await connected(scope);
      await post(`${base}/${id}/start`);
      for (const way of ["/deletion", "/connection/disconnection"]) {
        const page = await get(`${base}/${id}${way}`);
        expect(textOf(page)).toContain("It is being read right now");
        expect([page.headers.refresh, page.text.includes("/cancellation")]).toEqual(["3", true]);
        const refused = await post(`${base}/${id}${way}`, { records: "go" });
        expect(messageIn(refused).text).toBe("It is being read right now. Stop the run first, or wait for its end.");
      }
      expect((await findConnector(scope, id))?.state).toBe("on");
      expect((await post(`${base}/${id}/deletion`, { records: "perhaps" })).status).toBe(400);
    });

    // Only there it is certain whose transaction comes first.
    test.runIf(engine === "sqlite").each([
      ["/deletion", "it was not deleted"],
      ["/connection/disconnection", "what it brought is still here"],
    ])("by %s says what is done and what is not where a run begins at that moment", async (way, left) => {
      const id = await connected(scope);
      await synced(scope, id, system);
      const { access } = provider;
      let begun: ReturnType<typeof startSync> | undefined;
      const get = () => {
        begun ??= startSync(scope, id, { doors: system.doors });
        return access;
      };
      Object.defineProperty(provider, "access", { get, configurable: true });
      const ended = await post(`${base}/${id}${way}`, { records: "go" });
      Object.defineProperty(provider, "access", { value: access, configurable: true });
      expect(await begun).toMatchObject({ ok: true });
      expect(ended.headers.location).toBe(`${base}/${id}${way}`);
      expect(messageIn(ended).text).toBe(
        `Disconnected. But a run began at that moment, so ${left}. Stop it or wait for its end, then try again.`,
      );
      expect((await findConnector(scope, id))?.state).toBe("needs-reconnecting");
    });
  });

  test("another firm's connector is not there", async () => {
    const theirs = await given.member(installation, await given.account(installation, { name: "Okafor Solicitors" }));
    const id = await connected(theirs);
    for (const rest of ["", "/settings", "/answer", "/deletion"])
      expect((await get(`${base}/${id}${rest}`)).status).toBe(404);
    for (const rest of ["/start", "/pausing", "/resumption", "/deletion"]) {
      expect((await post(`${base}/${id}${rest}`)).status).toBe(404);
    }
    await post(`${base}/pausing`, { id });
    expect((await findConnector(theirs, id))?.state).toBe("on");
  });
});
