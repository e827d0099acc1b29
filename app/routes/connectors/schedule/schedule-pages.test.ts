import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createConnector } from "~/features/connectors/create-connector.server";
import { findScheduled } from "~/features/connectors/schedule/save-schedule.server";
import "~/features/connectors/tables";
import { startSession } from "~/features/sign-in/sessions.server";
import { hostCookie } from "~/http/cookies.server";
import { installationScope } from "~/http/scope.server";
import { newId } from "~/platform/ids.server";
import { type InstallationScope, type Scope } from "~/platform/scope.server";
import { tickedIn } from "~/routes/connectors/many.server";
import * as schedulePage from "~/routes/connectors/schedule/schedule";
import * as schedulesPage from "~/routes/connectors/schedule/schedules";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { connected } from "~/testing/given-syncs";
import { formFrom, type RouteModule, type Site, startSite } from "~/testing/site";

const routes = {
  "/:account/connectors/schedule": schedulesPage as unknown as RouteModule,
  "/:account/connectors/:connectorId/schedule": schedulePage as unknown as RouteModule,
};

test("of what is ticked each is taken once, and no more than there can be", () => {
  const ids = Array.from({ length: 600 }, newId);
  const sent = new FormData();
  for (const id of [ids[0] ?? "", ...ids, "no id"]) sent.append("id", id);
  expect(tickedIn(sent)).toEqual(ids.slice(0, 500));
});

describe.each(databases)("when connectors run, by pages on %s", (engine) => {
  let site: Site;
  let installation: InstallationScope;
  let scope: Scope;
  let cookie: string;

  beforeAll(async () => {
    site = await startSite({ routes, engine, clock: testClock() });
    installation = installationScope({ ...site.world, requestId: newId(), address: "192.0.2.9" });
    scope = await given.member(installation, await given.account(installation, { name: "Hale & Partners" }));
    const { token } = await startSession(installation, scope.user?.id ?? "", "Firefox on a laptop");
    cookie = (await hostCookie(installation.keys, "session", {}).serialize(token)).split(";", 1)[0] ?? "";
  });
  afterAll(() => site.close());

  const pageOf = (id: string) => `/${scope.account.slug}/connectors/${id}`;
  const get = (path: string) => site.ask(path, { headers: { cookie } });
  const post = (path: string, fields: Record<string, string> | [string, string][]) => {
    const form = formFrom(site.origin, new URLSearchParams(fields).toString());
    return site.ask(path, { ...form, headers: { ...form.headers, cookie } });
  };
  const saved = (id: string) => findScheduled(scope, id);

  test("one that is on is given its times, and its page shows the next three runs in words", async () => {
    const id = await connected(scope);
    expect((await get(`${pageOf(id)}/schedule`)).text).toContain("It runs when somebody says so.");
    const form = { every: "weekdays", time: "07:30", minute: "0", day: "1", version: "1" };
    const answer = await post(`${pageOf(id)}/schedule`, form);
    expect([answer.status, answer.headers.location]).toEqual([303, pageOf(id)]);
    expect(await saved(id)).toMatchObject({ schedule: { rhythm: { every: "weekdays", time: "07:30" }, quiet: null } });
    const { text } = await get(`${pageOf(id)}/schedule`);
    expect(text).toContain("Every weekday at 07:30");
    // It is Monday, 4 May, 10:00 in London.
    const days = ["Tuesday, 5 May 2026, 07:30", "Wednesday, 6 May 2026, 07:30", "Thursday, 7 May 2026, 07:30"];
    for (const day of days) expect(text).toContain(day);
  });

  test("one that is being set up is at the step When, and goes on to the trial", async () => {
    const id = await createConnector(scope, { id: "google" }, "Google of the office");
    const { text } = await get(`${pageOf(id)}/schedule`);
    expect(text).toContain("Step 5 of 6");
    expect(text).toContain(`href="${pageOf(id)}/rules">Back`);
    const answer = await post(`${pageOf(id)}/schedule`, { every: "manual", version: "1" });
    expect([answer.status, answer.headers.location]).toEqual([303, `${pageOf(id)}/trial`]);
  });

  test.each([
    [{ every: "times", times: "8:00 and noon" }, "Enter times of day such as 08:00, 12:00, 17:30"],
    [{ every: "week", time: "07:30" }, "Choose at least one day of the week."],
    [{ every: "day", time: "25:00" }, "Enter a time of day such as 07:30."],
    [{ every: "hour", minute: "75" }, "Enter a minute of the hour, 0 to 59."],
    [{ every: "month", time: "07:30", day: "forty" }, "Choose a day of the month."],
    [{ every: "day", time: "07:30", quietFrom: "22:00" }, "Enter when the quiet hours end"],
    [{ every: "sometimes" }, "Choose how often."],
  ])("%o is refused in words, and nothing of it is lost", async (form, words) => {
    const id = await connected(scope);
    const answer = await post(`${pageOf(id)}/schedule`, { ...form, version: "1" } as Record<string, string>);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(words);
    for (const typed of Object.values(form)) if (/[\d]/.test(typed)) expect(answer.text).toContain(`value="${typed}"`);
    expect((await saved(id))?.schedule.rhythm.every).toBe("manual");
  });

  test("times are read however people write them", async () => {
    const id = await connected(scope);
    const wrong = { every: "week", time: "8:30", quietFrom: "9.15", quietUntil: "10:00", version: "1" };
    const refused = await post(`${pageOf(id)}/schedule`, wrong);
    expect(refused.text).toContain("Choose at least one day of the week.");
    for (const time of ["08:30", "09:15"]) expect(refused.text).toContain(`value="${time}"`);
    await post(`${pageOf(id)}/schedule`, { every: "day", time: "8:30", version: "1" });
    expect((await saved(id))?.schedule.rhythm).toEqual({ every: "day", time: "08:30" });
    await post(`${pageOf(id)}/schedule`, { every: "times", times: "17.30; 8:00,12:00", version: "2" });
    expect((await saved(id))?.schedule.rhythm).toEqual({ every: "times", times: ["08:00", "12:00", "17:30"] });
  });

  test("who saves what somebody else changed meanwhile is asked first, and then has theirs", async () => {
    const id = await connected(scope);
    await post(`${pageOf(id)}/schedule`, { every: "day", time: "06:00", version: "1" });
    const late = await post(`${pageOf(id)}/schedule`, { every: "hour", minute: "15", version: "1" });
    expect(late.status).toBe(422);
    expect(late.text).toContain("Somebody else has just changed this connector. It says now: Every day at 06:00.");
    expect(/<input[^>]*value="hour"[^>]*>/.exec(late.text)?.[0]).toContain("checked");
    const version = /name="version" value="(\d+)"/.exec(late.text)?.[1] ?? "";
    expect((await post(`${pageOf(id)}/schedule`, { every: "hour", minute: "15", version })).status).toBe(303);
    expect((await saved(id))?.schedule.rhythm).toEqual({ every: "hour", minute: 15 });
  });

  test("several are given the same times at once, those that are ticked", async () => {
    const [one, two, other] = [await connected(scope), await connected(scope), await connected(scope)];
    const page = `/${scope.account.slug}/connectors/schedule`;
    const asked = await get(`${page}?id=${one}&id=${two}`);
    const ticked = [...asked.text.matchAll(/<input[^>]*name="id"[^>]*>/g)].filter(([input]) =>
      input.includes("checked"),
    );
    expect(ticked).toHaveLength(2);
    const times: [string, string][] = [
      ["every", "day"],
      ["time", "05:45"],
      ["quietFrom", ""],
      ["quietUntil", ""],
    ];
    expect((await post(page, times)).text).toContain("Choose at least one connector.");
    const answer = await post(page, [["id", one], ["id", two], ...times]);
    expect([answer.status, answer.headers.location]).toEqual([303, `/${scope.account.slug}/connectors`]);
    const rhythms = [await saved(one), await saved(two), await saved(other)].map((each) => each?.schedule.rhythm.every);
    expect(rhythms).toEqual(["day", "day", "manual"]);
  });
});
