import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type SlackStandIn, startSlack } from "../../../../sandbox/slack/slack";
import { startSession } from "~/features/sign-in/sessions.server";
import { hostCookie } from "~/http/cookies.server";
import { installationScope } from "~/http/scope.server";
import { newId } from "~/platform/ids.server";
import { noProviders } from "~/platform/provider-settings.server";
import { type Scope } from "~/platform/scope.server";
import * as alertsPage from "~/routes/settings/alerts/alerts";
import * as removal from "~/routes/settings/alerts/removal";
import * as testing from "~/routes/settings/alerts/testing";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { formFrom, type RouteModule, type Site, startSite } from "~/testing/site";

const routes = {
  "/:account/settings/alerts": alertsPage as unknown as RouteModule,
  "/:account/settings/alerts/testing": testing as unknown as RouteModule,
  "/:account/settings/alerts/removal": removal as unknown as RouteModule,
};

describe.each(databases)("a channel for alerts, by pages on %s", (engine) => {
  let site: Site;
  let slack: SlackStandIn;
  let scope: Scope;
  let cookie: string;

  beforeAll(async () => {
    slack = await startSlack();
    const sandboxOrigins = new Set([slack.url]);
    site = await startSite({ routes, engine, env: { providers: { ...noProviders, sandboxOrigins } } });
    const installation = installationScope({ ...site.world, requestId: newId(), address: "192.0.2.9" });
    scope = await given.member(installation, await given.account(installation, { name: "Hale & Partners" }));
    const { token } = await startSession(installation, scope.user?.id ?? "", "Firefox on a laptop");
    cookie = (await hostCookie(installation.keys, "session", {}).serialize(token)).split(";", 1)[0] ?? "";
  });
  afterAll(async () => {
    await site.close();
    await slack.close();
  });

  const get = (rest = "") => site.ask(`/${scope.account.slug}/settings/alerts${rest}`, { headers: { cookie } });
  const post = (rest = "", fields: Record<string, string> = {}) => {
    const form = formFrom(site.origin, new URLSearchParams(fields).toString());
    return site.ask(`/${scope.account.slug}/settings/alerts${rest}`, {
      ...form,
      headers: { ...form.headers, cookie },
    });
  };

  test("is entered, tried, found archived, and taken away; its address is shown nowhere, and in no log", async () => {
    expect((await post("", { address: slack.webhook() })).status).toBe(303);
    expect((await get()).text).toContain("Nothing yet");
    await post("/testing");
    expect(slack.messages[0]?.text).toContain("A test from Tallybook");
    await post("", { address: slack.webhook("B0ARCHIVED") });
    await post("/testing");
    const { text } = await get();
    expect(text).toContain("The channel is archived.");
    for (const page of [text, JSON.stringify(site.lines)]) expect(page).not.toContain("B0ARCHIVED");
    await post("/removal");
    expect((await get()).text).not.toContain("Send a test");
  });

  test("is refused in words where it cannot be one, and what was typed stays", async () => {
    const answer = await post("", { address: "http://10.0.0.8/services" });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain("The address has to begin with https://.");
    expect(answer.text).toContain('value="http://10.0.0.8/services"');
  });
});
