/** A model is asked where columns go, by the pages, as they are, over a small system and what stands in for a model. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MODEL, type ModelStandIn, startModel } from "../../../../sandbox/model/model";
import { saveModelSettings } from "~/features/connectors/mapping-help/model-settings.server";
import { continueAsking, findProposals } from "~/features/connectors/mapping-help/proposals.server";
import { findSetUp } from "~/features/connectors/set-up/find-set-up.server";
import { noProviders } from "~/platform/provider-settings.server";
import { databases } from "~/testing/databases";
import { openSetUp, type SetUpHouse } from "~/testing/given-set-up";
import { goes } from "~/testing/set-up-walk";

/** What the choices of a page stand at, by column: what is sent when nobody changes one. */
function standingIn(text: string): Record<string, string> {
  const choices = text.matchAll(/name="column:people" value="(\w+)"\/><select[^>]*>(.*?)<\/select>/g);
  return Object.fromEntries(
    [...choices].map(([, column = "", options = ""]) => [
      column,
      /<option value="([^"]*)" selected=""/.exec(options)?.[1] ?? "",
    ]),
  );
}

describe.each(databases)("asking a model about columns on %s", (engine) => {
  let house: SetUpHouse;
  let standIn: ModelStandIn;
  let id: string;
  beforeAll(async () => {
    standIn = await startModel();
    house = await openSetUp(engine);
    const { system } = house;
    // Two fields whose names say nothing to the rules, and are neither offered as anything by the system.
    const odd = (id: string, label: string) => ({ id, label, group: "Other", usual: true, columns: [{ id, label }] });
    system.offers.people = [...(system.offers.people ?? []), odd("x1", "Rufname der Kundin"), odd("x2", "Zymurgy 7")];
    system.provider.cellsOf = (_streamId, payload) =>
      new Map(Object.entries(payload).flatMap(([id, value]) => (typeof value === "string" ? [[id, value]] : [])));
    system.put("people", "p1", { given: "Folasade", family: "Adebayo", x1: "Sade of Hackney", x2: "Kiln 12" });
    id = await house.connector();
    await house.get(id, "fields");
    const fields = ["given", "family", "x1", "x2"].map((field): [string, string] => ["field:people", field]);
    await house.post(id, "fields", [["version", "1"], ["read:people", "on"], ...fields]);
  });
  afterAll(async () => {
    await standIn.close();
    await house.site.close();
  });

  async function answered(): Promise<void> {
    const askId = (await findProposals(house.scope, id))?.id ?? "";
    const sandboxOrigins = new Set([standIn.url]);
    const env = { appOrigin: "http://localhost:4800", providers: { ...noProviders, sandboxOrigins } };
    await continueAsking(house.scope, { connectorId: id, askId }, { env, signal: new AbortController().signal });
  }
  const page = "mapping/proposals";

  test("is offered nowhere while it is off, and nothing is asked", async () => {
    expect((await house.get(id, "mapping")).text).not.toContain("No rule knows where");
    expect((await house.get(id, page)).text).toContain("No model may be asked");
    expect((await house.post(id, page)).status).toBe(303);
    expect(await findProposals(house.scope, id)).toBeNull();
  });

  test("shows first what would be sent: names and masks of those that no rule knows", async () => {
    const settings = { address: `${standIn.url}/v1`, model: MODEL, key: "sk-hale", samples: 2, isOn: true, version: 0 };
    await saveModelSettings(house.scope, settings);
    expect((await house.get(id, "mapping")).text).toMatch(/No rule knows where <!-- -->2 columns/);
    const { text } = await house.get(id, page);
    for (const words of ["Rufname der Kundin", "Zymurgy 7", "Xxxx xx Xxxx", "Xxxx 99"]) expect(text).toContain(words);
    for (const secret of ["Hackney", "Kiln", "First name", "Folasade"]) expect(text).not.toContain(secret);
  });

  const shownOn = ({ text }: { text: string }): [string, string] => [
    "shown",
    /name="shown" value="(\w{64})"/.exec(text)?.[1] ?? "",
  ];

  test("sends nothing where that is no longer what was shown, and shows it anew", async () => {
    const shown = shownOn(await house.get(id, page));
    house.system.put("people", "p1", { given: "Folasade", family: "Adebayo", x1: "1958", x2: "Kiln 12" });
    const before = standIn.asked.length;
    for (const fields of [[shown], []]) {
      expect((await house.post(id, page, fields)).status).toBe(303);
      expect(await findProposals(house.scope, id)).toBeNull();
    }
    expect((await house.get(id, page)).text).toContain("9999");
    expect(standIn.asked).toHaveLength(before);
    house.system.put("people", "p1", { given: "Folasade", family: "Adebayo", x1: "Sade of Hackney", x2: "Kiln 12" });
  });

  test("sends that, and its proposals stand on the page of the mapping until a person has saved it", async () => {
    expect((await house.post(id, page, [shownOn(await house.get(id, page))])).status).toBe(303);
    const waiting = await house.get(id, page);
    expect([waiting.headers.refresh, waiting.text.includes("is being asked")]).toEqual(["2", true]);
    await answered();
    expect(standIn.asked.at(-1)?.body).toContain("Rufname der Kundin");
    expect(standIn.asked.at(-1)?.body).not.toMatch(/Hackney|Kiln|Folasade/);
    expect((await house.get(id, page)).text).toContain("Given name");
    const { text } = await house.get(id, "mapping");
    expect(text).toContain("A model was asked.");
    // That it knows no place is a proposal like any other; where another column goes already, that is said.
    expect(text).toMatch(/Please look, .*127\.0\.0\.1:\d+ knows no place for it: “Nothing fits it.”/);
    expect(text.replaceAll("<!-- -->", "")).toMatch(
      /Given name is taken.*For this one, \d+ %: 127\.0\.0\.1:\d+ proposes it/,
    );
    expect((await findSetUp(house.scope, id))?.mapping).toEqual({});
    const version = /name="version" value="(\d+)"/.exec(text)?.[1] ?? "";
    const standing = standingIn(text);
    expect(standing).toEqual({ given: "givenName", family: "familyName", x1: "", x2: "nowhere" });
    const sent = goes("people", { ...standing, x1: "notes" });
    expect((await house.post(id, "mapping", [["version", version], ...sent])).status).toBe(303);
    expect(await findProposals(house.scope, id)).toBeNull();
    expect((await findSetUp(house.scope, id))?.mapping.people?.fields).toEqual([
      "givenName",
      "familyName",
      "notes",
      "",
    ]);
    // What a person has approved, "nowhere" too, is known from then on: nothing is asked anew.
    expect((await house.get(id, "mapping")).text).not.toContain("No rule knows where");
  });
});
