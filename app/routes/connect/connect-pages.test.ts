import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { setMembership } from "~/features/accounts/members.server";
import { makeConnectLink } from "~/features/connectors/access/connect-links.server";
import { findConnection } from "~/features/connectors/access/find-connection.server";
import { readGrant } from "~/features/connectors/access/grant-row.server";
import { type Connector } from "~/features/connectors/find-connector.server";
import { type Providers } from "~/features/connectors/connector";
import { startSession } from "~/features/sign-in/sessions.server";
import { hostCookie } from "~/http/cookies.server";
import { installationScope, type RouteArgs } from "~/http/scope.server";
import { newId } from "~/platform/ids.server";
import { type InstallationScope, type Scope } from "~/platform/scope.server";
import * as callbackRoute from "~/routes/connect/callback";
import { answerCallback } from "~/routes/connect/callback-answer.server";
import * as linkRoute from "~/routes/connect/link";
import { leaveByLink, loadLink } from "~/routes/connect/link-state.server";
import { leaveForProvider, loadBegin } from "~/routes/connectors/connection/begin.server";
import * as beginRoute from "~/routes/connectors/connection/begin";
import * as connectionRoute from "~/routes/connectors/connection/connection";
import { loadConnection } from "~/routes/connectors/connection/connection-view.server";
import { agree } from "~/testing/agree";
import { databases } from "~/testing/databases";
import { given, type TestClock, testClock } from "~/testing/given";
import { openProvider, type ProviderHouse } from "~/testing/given-connectors";
import { type Answer, formFrom, type RouteModule, type Site, startSite } from "~/testing/site";

/** The routes as they are, over a provider that stands in. */
function routesWith(providers: Providers): Record<string, RouteModule> {
  const route = (module: object, more: object) => ({ ...module, ...more }) as RouteModule;
  return {
    "/connect/:provider/callback": route(callbackRoute, {
      loader: (args: RouteArgs) => answerCallback(args, providers),
    }),
    "/connect/link/:token": route(linkRoute, {
      loader: (args: RouteArgs) => loadLink(args, providers),
      action: (args: RouteArgs) => leaveByLink(args, providers),
    }),
    "/:account/connectors/:connectorId/connection": route(connectionRoute, {
      loader: (args: RouteArgs) => loadConnection(args, providers),
    }),
    "/:account/connectors/:connectorId/connection/begin": route(beginRoute, {
      loader: (args: RouteArgs) => loadBegin(args, providers),
      action: (args: RouteArgs) => leaveForProvider(args, providers),
    }),
  };
}

describe.each(databases)("connecting by pages on %s", (engine) => {
  let site: Site;
  let house: ProviderHouse;
  let clock: TestClock;
  let scope: Scope;
  let installation: InstallationScope;
  let cookie: string;
  const secrets = new Set<string>();

  beforeAll(async () => {
    house = await openProvider("google");
    clock = testClock();
    const routes = routesWith(new Map([["google", house.provider]]));
    site = await startSite({ routes, engine, clock, env: { providers: house.env.providers } });
    installation = installationScope({ ...site.world, requestId: newId(), address: "192.0.2.9" });
    scope = await given.member(installation, await given.account(installation, { name: "Hale & Partners" }));
    cookie = await sessionOf(scope);
  });
  afterAll(async () => {
    await site.close();
    await house.close();
  });

  async function sessionOf({ user }: Scope): Promise<string> {
    const { token } = await startSession(installation, user?.id ?? "", "Firefox on a laptop");
    return (await hostCookie(installation.keys, "session", {}).serialize(token)).split(";", 1)[0] ?? "";
  }
  const pageOf = (connector: Connector, rest = "") =>
    `/${scope.account.slug}/connectors/${connector.id}/connection${rest}`;
  const get = (path: string, by = cookie) => site.ask(path, { headers: { cookie: by } });
  const post = (path: string, by = cookie) => {
    const form = formFrom(site.origin, "");
    return site.ask(path, { ...form, headers: { ...form.headers, cookie: by } });
  };
  /** Where a page leads that takes one to the provider. */
  function addressIn({ status, headers, text }: Answer): string {
    expect(status).toBe(200);
    const address = /^0; url=(.+)$/.exec(String(headers.refresh ?? ""))?.[1] ?? "";
    expect(text).toContain(address.replaceAll("&", "&amp;"));
    secrets.add(new URL(address).searchParams.get("state") ?? "");
    return address;
  }
  const pathOf = (callback: URL) => {
    secrets.add(callback.searchParams.get("code") ?? "no code");
    expect(callback.origin).toBe(site.origin);
    return callback.pathname + callback.search;
  };
  const begin = async (connector: Connector, by = cookie) => addressIn(await post(pageOf(connector, "/begin"), by));
  const messageIn = ({ headers }: Answer) => {
    const [line = ""] = (headers["set-cookie"] ?? []).filter((line) => line.startsWith("__Host-flash="));
    const value = decodeURIComponent(line.split(";", 1)[0]?.slice("__Host-flash=".length) ?? "");
    return (JSON.parse(Buffer.from(value.split(".", 1)[0] ?? "", "base64").toString() || "{}") as { text?: string })
      .text;
  };

  test("one sees first what will be asked, goes there by a link, and comes back connected", async () => {
    const connector = await house.connector(scope);
    const before = await get(pageOf(connector));
    expect(before.text).toContain("Not connected yet");
    const asked = await get(pageOf(connector, "/begin"));
    expect(asked.text).toContain("https://www.googleapis.com/auth/contacts.readonly");
    expect(asked.text).toContain('aria-label="Step 1 of 6"');
    const back = await get(pathOf(await agree(await begin(connector))));
    // Whoever is setting it up goes on to the next step.
    const next = pageOf(connector).replace("/connection", "/fields");
    expect([back.status, back.headers.location]).toEqual([303, next]);
    expect(messageIn(back)).toBe("Connected to Google as office@hale-partners.example.");
    const after = (await get(pageOf(connector))).text;
    for (const words of ["Connected", "office@hale-partners.example", "Folasade Adebayo", "It can be read."]) {
      expect(after).toContain(words);
    }
    expect(await findConnection(scope, connector.id)).toMatchObject({ test: { problem: null } });
  });

  test("in another browser the answer is nothing, and it is not used up by that", async () => {
    const connector = await house.connector(scope);
    const path = pathOf(await agree(await begin(connector)));
    const colleague = await given.member(installation, scope.account);
    for (const by of ["", await sessionOf(colleague), await sessionOf(scope)]) {
      const stranger = await get(path, by);
      expect([stranger.status, stranger.headers.location]).toEqual([400, undefined]);
      expect(stranger.text).toContain("This was not begun here");
    }
    expect(await readGrant(scope, connector.id)).toBeNull();
    expect((await get(path)).status).toBe(303);
    expect((await get(path)).status).toBe(400);
  });

  test.each([
    "",
    "?error=access_denied",
    "?code=4711",
    "?code=4711&state=made-up",
    "?code=4711&state=one&state=two",
    `?state=${"x".repeat(4_000)}`,
  ])("an address that nobody was sent to (%s) says so, and begins nothing", async (search) => {
    for (const by of ["", cookie]) {
      const answer = await get(`/connect/google/callback${search}`, by);
      expect([answer.status, answer.headers.location, answer.headers.refresh]).toEqual([400, undefined, undefined]);
      expect(answer.headers["set-cookie"]).toBeUndefined();
    }
    expect((await get(`/connect/nowhere/callback${search}`)).status).toBe(404);
  });

  test("who does not agree is told so, where they began", async () => {
    const connector = await house.connector(scope);
    const back = await get(pathOf(await agree(await begin(connector), { cancels: true })));
    expect([back.status, back.headers.location]).toEqual([303, pageOf(connector)]);
    expect(messageIn(back)).toBe("You did not agree at Google, so nothing was connected.");
  });

  test("who is no administrator any more when they come back has connected nothing", async () => {
    const connector = await house.connector(scope);
    const other = await given.member(installation, scope.account);
    const by = await sessionOf(other);
    const path = pathOf(await agree(await begin(connector, by)));
    await setMembership(scope, { userId: other.user?.id ?? "", role: "user" });
    expect((await get(path, by)).status).toBe(400);
    expect(await readGrant(scope, connector.id)).toBeNull();
  });

  describe("by a link", () => {
    const linkTo = async (connector: Connector) => {
      const token = (await makeConnectLink(installation, scope, connector.id)) ?? "";
      secrets.add(token);
      return `/connect/link/${token}`;
    };
    const cookieIn = ({ headers }: Answer) => headers["set-cookie"]?.[0]?.split(";", 1)[0] ?? "";

    test("somebody without a place here connects, is thanked, and the link is used up", async () => {
      const connector = await house.connector(scope);
      const link = await linkTo(connector);
      const page = await get(link, "");
      expect([page.status, page.headers["x-robots-tag"]]).toEqual([200, "noindex, nofollow"]);
      expect(page.text).toContain("Hale &amp; Partners keeps its contacts in Tallybook");
      expect(page.text).not.toContain(connector.name);
      const left = await post(link, "");
      const holds = cookieIn(left);
      expect(left.headers["set-cookie"]?.[0]).toMatch(
        /^__Host-connect=.*; Max-Age=900; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      );
      const path = pathOf(await agree(addressIn(left), { login: "ann.hale@hale-partners.example" }));
      expect((await get(path, "")).status).toBe(400);
      const back = await get(path, holds);
      expect(back.status).toBe(200);
      expect(back.text).toContain("Thank you");
      expect((await get(pageOf(connector))).text).toContain("by somebody with a link");
      const again = await get(link, "");
      expect(again.status).toBe(410);
      expect(again.text).toContain("This link was used already");
      expect((await post(link, "")).status).toBe(303);
    });

    test("who thinks better of it can try again with it", async () => {
      const connector = await house.connector(scope);
      const link = await linkTo(connector);
      const left = await post(link, "");
      const back = await get(pathOf(await agree(addressIn(left), { cancels: true })), cookieIn(left));
      expect(back.status).toBe(400);
      expect(back.text).toContain("You did not agree at Google");
      expect(back.text).toContain(`href="${link}"`);
      expect((await get(link, "")).status).toBe(200);
    });
  });

  test("no token, code, state or link is in the log", () => {
    const log = JSON.stringify(site.lines);
    expect(secrets.size).toBeGreaterThan(10);
    for (const secret of secrets) expect(log.includes(secret), secret).toBe(false);
    expect(log).toContain("/connect/:provider/callback");
  });
});
