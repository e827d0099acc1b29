import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { samplePerson } from "../../../../../sandbox/frame/people";
import { startOAuthSandbox } from "../../../../../sandbox/oauth/server";
import { pipedriveFlavour } from "../../../../../sandbox/pipedrive/flavour";
import { type PipedriveStandIn, startPipedrive } from "../../../../../sandbox/pipedrive/pipedrive";
import { beginConnecting, finishConnecting } from "~/features/connectors/access/connect.server";
import { connectionFor } from "~/features/connectors/access/connection.server";
import { disconnect } from "~/features/connectors/access/disconnect.server";
import { isOAuth } from "~/features/connectors/access/oauth-provider";
import { spendRequest } from "~/features/connectors/access/oauth-requests.server";
import { CursorExpired, GrantEnded, Throttled, Trouble } from "~/features/connectors/connector";
import { createConnector } from "~/features/connectors/create-connector.server";
import { findConnector } from "~/features/connectors/find-connector.server";
import { pipedrive } from "~/features/connectors/providers/pipedrive/pipedrive";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { agree } from "~/testing/agree";
import { connectTo, contactOf, isThere, readAll, readInPieces } from "~/testing/connect-to";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { installationOf } from "~/testing/given-connectors";
import { testWrongAnswers } from "~/testing/wrong-answers";

const fields = ["name", "org_id", "emails", "phones", "job_title", "birthday"];
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

let standIn: PipedriveStandIn;
let valid: (token: string) => boolean | Promise<boolean>;
beforeEach(async () => {
  valid = (token) => token === "token-of-today";
  standIn = await startPipedrive({ contacts: 1_200, companies: 20, isValid: (token) => valid(token) });
});
afterEach(() => standIn.close());

const connected = (more: Partial<Parameters<typeof connectTo>[0]> = {}) =>
  connectTo({ bases: {}, extras: { api_domain: standIn.url }, ...more });
const wholeOf = () => readAll(pipedrive, connected(), { fields });
const changesSince = (since: Awaited<ReturnType<typeof wholeOf>>["changesFrom"]) =>
  readAll(pipedrive, connected(), { fields, how: { kind: "changes", since: since ?? null } });

/** As the last reading was so long ago. */
function aged(changesFrom: Awaited<ReturnType<typeof wholeOf>>["changesFrom"], ms: number) {
  const { since, wholeAt } = changesFrom as { since: string; wholeAt: string };
  return { since, wholeAt: new Date(Date.parse(wholeAt) - ms).toISOString() };
}

describe("reading everything from Pipedrive", () => {
  test("brings each person once, in pages of five hundred", async () => {
    const { pages, records } = await wholeOf();
    expect(pages.map((page) => [page.records.length, page.after === null])).toEqual([
      [500, false],
      [500, false],
      [200, true],
    ]);
    expect(new Set(records.map(({ id }) => id)).size).toBe(1_200);
    expect(records.every((record) => isThere(record) && record.changedAt !== null)).toBe(true);
  });

  test("keeps the chosen fields and nothing else", async () => {
    const { records } = await readAll(pipedrive, connected(), { fields: ["emails", "name"] });
    const keys = new Set(records.flatMap((record) => (isThere(record) ? Object.keys(record.payload) : [])));
    expect([...keys].sort()).toEqual(["emails", "name"]);
  });

  test("is the same when it is taken up anew behind each page", async () => {
    const [atOnce, inPieces] = [await wholeOf(), await readInPieces(pipedrive, connected(), { fields })];
    expect(inPieces.records).toEqual(atOnce.records);
  });

  test("fetches from the company's own address where the token answer named one, else from the one for all", async () => {
    const elsewhere = connectTo({ bases: { api: standIn.url } });
    expect((await readAll(pipedrive, elsewhere, { fields })).records).toHaveLength(1_200);
  });

  test("says options of the account's own fields in words, and asks for these fields only", async () => {
    const found = await pipedrive.discover(connected(), "persons");
    const voice = found.find(({ label }) => label === "Voice")!;
    const { records } = await readAll(pipedrive, connected(), { fields: ["name", voice.id] });
    const said = records.map((record) => isThere(record) && record.payload[voice.id]);
    expect(new Set(said)).toEqual(new Set(["Soprano", "Bass"]));
    expect(standIn.asked.at(-1)?.query.get("custom_fields")).toBe(voice.id.replace("custom_fields.", ""));
  });

  test("brings organisations, and who belongs to which", async () => {
    const read = { streamId: "organizations", fields: ["name", "address"] };
    const { records } = await readAll(pipedrive, connected(), read);
    expect(records).toHaveLength(20);
    const people = (await wholeOf()).records.filter(isThere);
    expect(pipedrive.linksOf!("persons", people[0]!.payload)).toEqual([
      { type: "works-for", streamId: "organizations", id: "2" },
    ]);
    expect(pipedrive.linksOf!("persons", people[3]!.payload)).toEqual([]);
  });
});

describe("reading what has changed at Pipedrive", () => {
  test("brings who was added and changed, and is good for the next time", async () => {
    const before = await wholeOf();
    const added = standIn.persons.add({ ...samplePerson(5), given: "Jürgen", organisation: null });
    standIn.persons.change(3, { family: "Adebayo-Carver" });
    const first = await changesSince(before.changesFrom);
    expect(first.records.map(({ id }) => id).sort()).toEqual([String(added), "3"].sort());
    expect(first.records).toContainEqual(
      expect.objectContaining({
        payload: expect.objectContaining({ name: expect.objectContaining({ first: "Jürgen" }) }),
      }),
    );
    expect((await changesSince(first.changesFrom)).records.length).toBeLessThanOrEqual(2);
  });

  test("begins again some minutes earlier than it began, by Pipedrive's clock", async () => {
    standIn.persons.stoppedAt = "2026-03-01T09:00:00Z";
    expect((await wholeOf()).changesFrom).toMatchObject({ since: "2026-03-01T08:55:00.000Z" });
  });

  test("thousands changed in one instant come page by page, each once", async () => {
    const { changesFrom } = await wholeOf();
    standIn.persons.changeMany(standIn.persons.keys(), ({ tags }) => ({ tags: [...tags, "Christmas 2026"] }));
    const { pages, records } = await changesSince(changesFrom);
    expect(pages).toHaveLength(3);
    expect(new Set(records.map(({ id }) => id)).size).toBe(1_200);
  });

  test("does not tell what was deleted; after a week everything is read, which does", async () => {
    const { changesFrom } = await wholeOf();
    standIn.persons.remove(8);
    expect((await changesSince(aged(changesFrom, WEEK_MS - 60 * 60_000))).records).toEqual([]);
    await expect(changesSince(aged(changesFrom, WEEK_MS + 1_000))).rejects.toThrow(CursorExpired);
    expect((await wholeOf()).records).toHaveLength(1_199);
  });

  test("a page's cursor that is worn out wants everything to be read", async () => {
    standIn.trouble.on("expired-cursor");
    await expect(wholeOf()).rejects.toThrow(CursorExpired);
  });
});

describe("trouble with Pipedrive", () => {
  testWrongAnswers({
    provider: pipedrive,
    streamId: "persons",
    fields,
    connect: connected,
    trouble: () => standIn.trouble,
    when: () => ({ after: 1, path: /persons$/ }),
    own: [
      ["throttled", Throttled, /left in peace/],
      ["forbidden", Trouble, /does not allow this to be read: “Scope and URL mismatch”/],
      ["revoked", GrantEnded, /connect it again/],
      ["repeated-page", Trouble, /again and again/],
    ],
  });

  test.each([
    [false, 2_000],
    [true, 60 * 60_000],
  ])("waits as long as is wanted, the day being over: %s", async (isDayOver, waitMs) => {
    standIn.isDayOver = isDayOver;
    standIn.trouble.on("throttled");
    await expect(wholeOf()).rejects.toMatchObject({ waitMs });
  });

  test("a test of the connection reads one of each kind", async () => {
    await pipedrive.test(connected());
    expect(standIn.asked.map(({ path, query }) => [path, query.get("limit")])).toEqual([
      ["/api/v2/persons", "1"],
      ["/api/v2/organizations", "1"],
    ]);
  });
});

describe("what becomes of somebody from Pipedrive", () => {
  test("a person with all that can be said", async () => {
    const found = await pipedrive.discover(connected(), "persons");
    const postal_address = {
      ...{ value: "12 Mill Lane, Leeds LS1 4AP", route: "Mill Lane", street_number: "12", locality: "Leeds" },
      ...{ postal_code: "LS1 4AP", country: "United Kingdom", admin_area_level_1: null },
    };
    const payload = {
      name: { name: "Folasade Adebayo", first: "Folasade", last: "Adebayo" },
      org_id: 7,
      emails: [
        { value: "f.adebayo@post.example", primary: false, label: "home" },
        { value: "office@adebayo.example", primary: true, label: "work" },
      ],
      phones: [{ value: "07700 900123", primary: true, label: "mobile" }],
      job_title: "Notary",
      postal_address,
    };
    const { refusals, unknown, ...contact } = contactOf(pipedrive, payload, { fields: found, streamId: "persons" }) as {
      refusals?: unknown;
      unknown: string[];
    };
    expect({ refusals, unknown }).toEqual({ refusals: undefined, unknown: [] });
    expect(JSON.stringify(contact)).toContain("12 Mill Lane");
    expect(JSON.stringify(contact)).toContain("+447700900123");
    expect(JSON.stringify(contact)).toContain("office@adebayo.example");
  });

  test.each([
    [
      { route: "Königstraße", street_number: "4", value: "Königstraße 4, 90402 Nürnberg", locality: "Nürnberg" },
      "Königstraße 4",
    ],
    [{ route: "Mill Lane", street_number: "12", value: "12 Mill Lane, Leeds", locality: "Leeds" }, "12 Mill Lane"],
    [{ value: "The old mill, by the river" }, "The old mill, by the river"],
  ])("an address is written as people write it there", (address, street) => {
    expect(pipedrive.cellsOf("organizations", { address }).get("address.street")).toBe(street);
  });

  test("a name in one piece is a family name, rather than nobody's", () => {
    const cells = pipedrive.cellsOf("persons", { name: { name: "Reception", first: null, last: null } });
    expect(Object.fromEntries(cells)).toEqual({ last_name: "Reception" });
  });
});

/** As whoever runs the installation has set it up. */
async function agreedTo(scope: Scope) {
  if (!isOAuth(pipedrive)) throw new Error("Nobody is asked to agree");
  const sandbox = await startOAuthSandbox(pipedriveFlavour, { apiOrigin: standIn.url });
  valid = async (token) => (await sandbox.holderOf(token)) !== null;
  const env = {
    appOrigin: "http://localhost:4800",
    providers: {
      clients: new Map([["PIPEDRIVE", { id: sandbox.clientId, secret: sandbox.clientSecret }]]),
      addresses: new Map([["pipedrive.oauth", sandbox.origin]]),
      sandboxOrigins: new Set([sandbox.origin, standIn.url]),
      taps: [],
    },
  };
  const holder = { sessionId: newId() };
  const id = await createConnector(scope, pipedrive, "Pipedrive of the office");
  const known = async () => (await findConnector(scope, id))!;
  const { signal } = new AbortController();
  const begun = await beginConnecting(scope, { connector: await known(), provider: pipedrive, env, holder });
  if (!begun.ok) throw new Error(begun.reason);
  const callback = await agree(begun.address);
  const state = callback.searchParams.get("state") ?? "";
  const request = await spendRequest(installationOf(scope), {
    provider: "pipedrive",
    state,
    linkToken: null,
    ...holder,
  });
  const back = {
    connector: await known(),
    provider: pipedrive,
    env,
    request: request!,
    callback,
    linkToken: null,
    signal,
  };
  return { sandbox, env, signal, known, connected: await finishConnecting(installationOf(scope), scope, back) };
}

describe.each(databases)("connecting Pipedrive on %s", (engine) => {
  test("the client says who it is in the header, the answer says where the company is, and disconnecting takes it back", async () => {
    const scope = await given.scope(engine, "admin");
    const { sandbox, env, signal, known, connected } = await agreedTo(scope);
    try {
      expect(connected).toMatchObject({ ok: true });
      const connector = await known();
      expect(connector.whose).toBe("Hale & Partners");
      const reaching = { connector, provider: pipedrive, env, signal };
      const connection = await connectionFor(scope, reaching);
      expect(connection.extras).toEqual({ api_domain: standIn.url });
      const token = await connection.token();
      expect((await sandbox.holderOf(token))?.scopes).toContain("contacts:read");
      expect(await disconnect(installationOf(scope), scope, reaching)).toBe("revoked");
      expect(await sandbox.holderOf(token)).toBeNull();
    } finally {
      await sandbox.close();
    }
  });
});
