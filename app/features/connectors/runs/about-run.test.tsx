/** What the page of a run is told of its connector. */
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { aboutRun } from "~/features/connectors/runs/about-run.server";
import { startSync } from "~/features/connectors/runs/start-sync.server";
import "~/features/connectors/tables";
import { ReasonWithLinks } from "~/features/pipeline/corrections/reason-with-links";
import { listRefusing } from "~/features/pipeline/run/still-refused.server";
import { findRaw } from "~/features/pipeline/zones/find-raw.server";
import { listRaw } from "~/features/pipeline/zones/list-raw.server";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { connected, synced } from "~/testing/given-syncs";
import { smallSystem } from "~/testing/small-system";

test.each(databases)(
  "refused records are called by their names where they say any, each with all that is wrong with it, on %s",
  async (engine) => {
    const scope = await given.scope(engine, "admin", { clock: testClock() });
    const system = smallSystem();
    system.put("people", "p1", { given: "Bridget", family: "Cole", email: "bridget at home", mobile: "12" });
    system.put("people", "p2", { email: "at work" });
    const connectorId = await connected(scope);
    const { id } = await synced(scope, connectorId, system);
    const { providers } = system.doors;
    const about = (more: Partial<Parameters<typeof aboutRun>[2]> = {}) =>
      aboutRun(scope, { id, connectorId }, { providers, shows: true, ...more });
    const told = async (more = {}) =>
      (await about(more))?.refused.map(({ name, remoteId, column, value }) => [name, remoteId, column, value]);
    expect(await told()).toEqual([
      ["Bridget Cole", "p1", "Email", "bridget at home"],
      ["Bridget Cole", "p1", "Mobile", "12"],
      ["at work", "p2", "Email", "at work"],
    ]);
    // Also when they are refused once more as they were, and of which kind they are.
    const again = await synced(scope, connectorId, system, { mode: "refused" });
    expect(again.counts).toMatchObject({ read: 2, refused: 2 });
    const { refused } = (await aboutRun(scope, { id: again.id, connectorId }, { providers, shows: true }))!;
    expect(refused.map(({ kind, name }) => [kind, name])).toEqual([
      ["person", "Bridget Cole"],
      ["person", "Bridget Cole"],
      ["person", "at work"],
    ]);
    // Of a system that nobody offers any more it is not known which cell is the name.
    expect(await told({ providers: new Map() })).toContainEqual([null, "p1", "Mobile", "12"]);
    expect(await told({ shows: false })).toEqual([]);
    // They are tried again from the run that refused them last, and not from the one that it has overtaken.
    const last = await aboutRun(scope, { id: again.id, connectorId }, { providers, shows: true });
    expect(last?.connector).toMatchObject({ id: connectorId, canStart: true, refused: 2 });
    expect((await about())?.connector).toMatchObject({ id: connectorId, canStart: true, refused: 0 });
    expect([...(await listRefusing(scope, [connectorId]))]).toEqual([[connectorId, again.id]]);
    // A later run that refuses nothing has not mended them.
    await synced(scope, connectorId, system);
    expect([...(await listRefusing(scope, [connectorId]))]).toEqual([[connectorId, again.id]]);
    await startSync(scope, connectorId, { doors: system.doors });
    expect((await about())?.connector).toMatchObject({ canStart: false });
  },
);

test.each(databases)("a record that several contacts fit leads to each of them on %s", async (engine) => {
  const scope = await given.scope(engine, "admin", { clock: testClock() });
  const system = smallSystem();
  const emails = [{ value: "okafor@hale.example", label: null }];
  const [ann, ben] = [
    await given.contact(scope, { givenName: "Ann", familyName: "Okafor", emails }),
    await given.contact(scope, { givenName: "Ben", familyName: "Okafor", emails }),
  ];
  system.put("people", "p1", { given: "A.", family: "Okafor", email: "okafor@hale.example" });
  const connectorId = await connected(scope);
  const { id } = await synced(scope, connectorId, system);
  const about = await aboutRun(scope, { id, connectorId }, { providers: system.doors.providers, shows: true });
  const { reason, fits } = about!.refused[0]!;
  expect(reason).toContain("2 contacts fit: “");
  expect(fits.map(({ id }) => id).sort()).toEqual([ann.id, ben.id].sort());
  const html = renderToStaticMarkup(<ReasonWithLinks base="/hale" reason={reason} fits={fits} />);
  expect(html).toContain(`<a href="/hale/contacts/${ann.id}">“Ann Okafor (okafor@hale.example)”</a>`);
  expect(html).toContain(`<a href="/hale/contacts/${ben.id}">“Ben Okafor (okafor@hale.example)”</a>`);
  expect(html.replace(/<[^>]+>/g, "")).toBe(reason);
  // So does its raw record.
  const known = { connectorIds: [connectorId], streams: ["people", "companies"] };
  const ofConnector = { connectorId, stream: null, runId: null, remoteId: null };
  const [raw] = (await listRaw(scope, ofConnector, { after: null, known })).rows;
  expect((await findRaw(scope, raw?.id ?? ""))?.refusals).toMatchObject([{ fits }]);
});
