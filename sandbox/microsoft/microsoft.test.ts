import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { specification } from "~/testing/check-schema";
import { DEFAULT_FOLDER } from "./folders";
import { type MicrosoftStandIn, startMicrosoft } from "./microsoft";

const model = specification("msgraph/contacts_v1.0.trimmed.csdl.xml");
const folders = specification("msgraph/examples/contactFolders_list_recorded.json");
const gone = specification("msgraph/examples/delta_410_SyncStateNotFound_recorded.json");

let standIn: MicrosoftStandIn;
beforeAll(async () => {
  standIn = await startMicrosoft({ contacts: 120 });
});
afterAll(() => standIn.close());

async function ask(path: string, prefer = "") {
  const address = path.startsWith("http") ? path : `${standIn.url}/v1.0${path}`;
  const response = await fetch(address, { headers: { authorization: "Bearer any", prefer } });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const valuesOf = (body: Record<string, unknown>) => body.value as Record<string, unknown>[];

/** What the model says that an entity or a complex type has. */
function propertiesOf(type: string): Map<string, string> {
  const [, body = ""] =
    new RegExp(`<(?:EntityType|ComplexType) Name="${type}"[^>]*>([^]*?)</(?:EntityType|ComplexType)>`).exec(
      model ?? "",
    ) ?? [];
  return new Map(
    [...body.matchAll(/<Property Name="(\w+)" Type="([^"]+)"/g)].map(([, name = "", type = ""]) => [name, type]),
  );
}

describe("what stands in for Microsoft Graph", () => {
  test.skipIf(!model)("has the properties that Microsoft’s own model has, of their types", async () => {
    const known = new Map([...propertiesOf("contact"), ...propertiesOf("outlookItem"), ...propertiesOf("entity")]);
    const { body } = await ask("/me/contacts?$top=100");
    for (const contact of valuesOf(body)) {
      for (const [name, value] of Object.entries(contact)) {
        const type = known.get(name);
        const isKnown = type !== undefined || name === "@odata.etag" || name === "spouseName" || name === "categories";
        expect([name, isKnown || propertiesOf("contact").has(name)]).toEqual([name, true]);
        if (type?.startsWith("Collection(")) expect([name, Array.isArray(value)]).toEqual([name, true]);
        if (type === "graph.physicalAddress") {
          const parts = propertiesOf("physicalAddress");
          expect(Object.keys(value as object).filter((part) => !parts.has(part))).toEqual([]);
        }
      }
    }
  });

  test.skipIf(!folders)("lists folders as it was recorded: without the default one", async () => {
    const { response } = JSON.parse(folders ?? "") as { response: { value: object[] } };
    const { body } = await ask("/me/contactFolders");
    expect(Object.keys(valuesOf(body)[0] ?? {}).sort()).toEqual(Object.keys(response.value[0] ?? {}).sort());
    expect(valuesOf(body).map(({ displayName }) => displayName)).toEqual(["Lieferanten"]);
    expect(JSON.stringify(body)).not.toContain(DEFAULT_FOLDER);
  });

  test.skipIf(!gone)("says of a forgotten state what Microsoft was recorded to say", async () => {
    const { status, response } = JSON.parse(gone ?? "") as { status: number; response: { error: object } };
    const { body } = await ask("/me/contacts/delta");
    standIn.trouble.on("expired-cursor", { times: 1 });
    const answer = await ask(String(body["@odata.nextLink"]));
    expect(answer.status).toBe(status);
    const [own, recorded] = [answer.body.error as Record<string, object>, response.error as Record<string, object>];
    expect(Object.keys(own)).toEqual(Object.keys(recorded));
    expect(own).toMatchObject({ code: recorded.code, message: recorded.message });
  });

  test("gives ten contacts a page unless it is asked for more, and ids that change unless asked for others", async () => {
    const [usual, asked] = [await ask("/me/contacts/delta"), await ask("/me/contacts/delta", "odata.maxpagesize=50")];
    expect([valuesOf(usual.body), valuesOf(asked.body)].map(({ length }) => length)).toEqual([10, 50]);
    const [id] = valuesOf(usual.body).map(({ id }) => id);
    const [same] = valuesOf((await ask("/me/contacts/delta", 'IdType="ImmutableId"')).body).map(({ id }) => id);
    standIn.world.change(1, { folder: standIn.folders[0]?.id });
    expect((await ask(`/me/contacts/${String(id)}`)).status).toBe(404);
    expect((await ask(`/me/contacts/${String(same)}`)).status).toBe(200);
  });

  test("refuses who has no token, links that it never gave, and addresses that there are not", async () => {
    expect((await fetch(`${standIn.url}/v1.0/me/contacts`)).status).toBe(401);
    expect((await ask("/me/contacts/delta?$deltatoken=madeup")).status).toBe(400);
    expect((await ask("/me/contactFolders/none/contacts")).status).toBe(404);
    expect(await ask("/me/shoes")).toMatchObject({ status: 400, body: { error: { code: "BadRequest" } } });
  });
});
