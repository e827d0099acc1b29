import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { problemsOf, type Schema, specification } from "~/testing/check-schema";
import { type GoogleStandIn, startGoogle } from "./google";

const schema = specification("google-people/people_v1.schema.json");
const recorded = specification("google-people/examples/expired_sync_token_400.json");
const { definitions = {} } = JSON.parse(schema ?? "{}") as { definitions?: Record<string, Schema> };

let standIn: GoogleStandIn;
beforeAll(async () => {
  standIn = await startGoogle({ contacts: 200 });
});
afterAll(() => standIn.close());

const everything =
  "names,emailAddresses,phoneNumbers,addresses,organizations,birthdays,biographies,urls,userDefined,memberships,metadata";

async function ask(query: Record<string, string>) {
  const search = new URLSearchParams({ personFields: everything, requestSyncToken: "true", ...query });
  const response = await fetch(`${standIn.url}/v1/people/me/connections?${search.toString()}`, {
    headers: { authorization: "Bearer any" },
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe("what stands in for Google", () => {
  test.skipIf(!schema)("answers as the specification has it, also of deleted and renamed people", async () => {
    const first = await ask({ pageSize: "200" });
    standIn.world.remove(2);
    standIn.world.rename(3);
    const second = await ask({ pageSize: "200", syncToken: String(first.body.nextSyncToken) });
    for (const { body } of [first, second]) {
      expect(problemsOf(body, { $ref: "#/definitions/Schema$ListConnectionsResponse" }, definitions)).toEqual([]);
    }
    expect(second.body.connections).toHaveLength(2);
    const wrong = { connections: [{ emails: [] }] };
    expect(problemsOf(wrong, { $ref: "#/definitions/Schema$ListConnectionsResponse" }, definitions)).toEqual([
      "$.connections[0]: emails is not known",
    ]);
  });

  test.skipIf(!recorded)("says of a worn-out cursor what Google was recorded to say", async () => {
    const { status, response } = JSON.parse(recorded ?? "") as { status: number; response: object };
    const { body } = await ask({ pageSize: "200" });
    standIn.trouble.on("expired-cursor", { times: 1 });
    expect(await ask({ syncToken: String(body.nextSyncToken) })).toEqual({ status, body: response });
  });

  test("gives the token for changes on the last page only", async () => {
    const first = await ask({ pageSize: "150" });
    expect(Object.keys(first.body).sort()).toEqual(["connections", "nextPageToken", "totalItems", "totalPeople"]);
    const last = await ask({ pageSize: "150", pageToken: String(first.body.nextPageToken) });
    expect(Object.keys(last.body).sort()).toEqual(["connections", "nextSyncToken", "totalItems", "totalPeople"]);
  });

  test("refuses a token with other parameters than it was given for, and no fields at all", async () => {
    const { body } = await ask({ pageSize: "150" });
    const other = await ask({ pageToken: String(body.nextPageToken), personFields: "names" });
    expect(other).toMatchObject({ status: 400, body: { error: { status: "INVALID_ARGUMENT" } } });
    expect(await ask({ personFields: "" })).toMatchObject({ status: 400 });
  });

  test("knows nobody without a token, and nothing elsewhere", async () => {
    expect((await fetch(`${standIn.url}/v1/people/me`)).status).toBe(401);
    const elsewhere = await fetch(`${standIn.url}/v2/people`, { headers: { authorization: "Bearer any" } });
    expect([elsewhere.status, elsewhere.headers.get("content-type")]).toEqual([404, "text/html; charset=UTF-8"]);
  });
});
