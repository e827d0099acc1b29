import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type GoogleStandIn, startGoogle } from "../../../../../sandbox/google/google";
import { samplePerson } from "../../../../../sandbox/frame/people";
import { CursorExpired, GrantEnded, Throttled, Trouble } from "~/features/connectors/connector";
import { google } from "~/features/connectors/providers/google/google";
import { connectTo, isThere, readAll, readInPieces } from "~/testing/connect-to";
import { testWrongAnswers } from "~/testing/wrong-answers";

const fields = ["names", "emailAddresses", "phoneNumbers", "addresses", "birthdays", "biographies", "memberships"];

let standIn: GoogleStandIn;

beforeEach(async () => {
  standIn = await startGoogle({ contacts: 2_500, isValid: (token) => token === "token-of-today" });
});
afterEach(() => standIn.close());

const connected = (more: Partial<Parameters<typeof connectTo>[0]> = {}) =>
  connectTo({ bases: { people: standIn.url }, ...more });
const wholeOf = () => readAll(google, connected(), { fields });
const changesSince = (since: Awaited<ReturnType<typeof wholeOf>>["changesFrom"]) =>
  readAll(google, connected(), { fields, how: { kind: "changes", since: since ?? null } });

describe("reading everything from Google", () => {
  test("brings each contact once, with the source’s count, and where to go on last", async () => {
    const { pages, records, changesFrom } = await wholeOf();
    expect(pages.map((page) => [page.records.length, page.count, page.after === null])).toEqual([
      [1_000, 2_500, false],
      [1_000, 2_500, false],
      [500, 2_500, true],
    ]);
    expect(new Set(records.map(({ id }) => id)).size).toBe(2_500);
    expect(records.every((record) => isThere(record) && record.changedAt !== null)).toBe(true);
    expect(changesFrom).toMatchObject({ syncToken: expect.any(String) as string });
  });

  test("keeps the chosen fields and nothing else", async () => {
    const { records } = await readAll(google, connected(), { fields: ["emailAddresses", "names"] });
    const keys = new Set(records.flatMap((record) => (isThere(record) ? Object.keys(record.payload) : [])));
    expect([...keys].sort()).toEqual(["emailAddresses", "names"]);
  });

  test("is the same when it is taken up anew behind each page", async () => {
    const [atOnce, inPieces] = [await wholeOf(), await readInPieces(google, connected(), { fields })];
    expect(inPieces.pages).toHaveLength(3);
    expect(inPieces.records).toEqual(atOnce.records);
  });

  test("leaves out what others say of themselves in their profiles", async () => {
    await wholeOf();
    const asked = standIn.asked.filter(({ path }) => path.endsWith("/connections"));
    expect(asked.map(({ query }) => query.getAll("sources"))).toEqual(Array(3).fill(["READ_SOURCE_TYPE_CONTACT"]));
  });

  test("an empty account has an empty page", async () => {
    const empty = await startGoogle({ contacts: 0 });
    try {
      const { pages } = await readAll(google, connectTo({ bases: { people: empty.url } }), { fields });
      expect(pages).toMatchObject([{ records: [], count: 0, after: null }]);
    } finally {
      await empty.close();
    }
  });
});

describe("reading what has changed at Google", () => {
  test("brings nothing where nothing has happened", async () => {
    const { changesFrom } = await wholeOf();
    expect((await changesSince(changesFrom)).records).toEqual([]);
  });

  test("brings who was added, changed and deleted, and is good for the next time, too", async () => {
    const before = await wholeOf();
    const idAt = (place: number) => before.records[place]?.id;
    const added = standIn.world.add({ ...samplePerson(5), given: "Jürgen", family: "Größl" });
    standIn.world.change(3, { given: "Folasade", family: "Adebayo-Carver" });
    standIn.world.remove(8);
    const first = await changesSince(before.changesFrom);
    expect(first.records).toHaveLength(3);
    expect(first.records).toContainEqual({ id: idAt(7), gone: "deleted" });
    expect(first.records.find(({ id }) => id === idAt(2))).toMatchObject({
      payload: { names: [{ givenName: "Folasade", familyName: "Adebayo-Carver" }] },
    });
    standIn.world.remove(added);
    const second = await changesSince(first.changesFrom);
    expect(second.records).toMatchObject([{ gone: "deleted" }]);
  });

  test("brings what happened while everything was read", async () => {
    const { pages } = await readPagesWhile(() => standIn.world.change(2, { family: "Weiß" }));
    const { records } = await changesSince(pages.at(-1)?.changesFrom);
    expect(records).toMatchObject([{ payload: { names: [{ familyName: "Weiß" }] } }]);
  });

  test("says what somebody was called before a renaming, and is gone under each name", async () => {
    const before = await wholeOf();
    const id = before.records[4]?.id;
    standIn.world.rename(5);
    const renamed = await changesSince(before.changesFrom);
    expect(renamed.records).toMatchObject([{ formerIds: [id], payload: {} }]);
    expect(renamed.records[0]?.id).not.toBe(id);
    standIn.world.remove(5);
    const gone = await changesSince(before.changesFrom);
    expect(gone.records).toEqual([renamed.records[0]?.id, id].map((each) => ({ id: each, gone: "deleted" })));
  });

  test("thousands changed in one instant come page by page, each once, also in pieces", async () => {
    const { changesFrom } = await wholeOf();
    standIn.world.changeMany(standIn.world.keys(), ({ tags }) => ({ tags: [...tags, "Christmas 2026"] }));
    const { pages, records } = await changesSince(changesFrom);
    expect(pages).toHaveLength(3);
    expect(new Set(records.map(({ id }) => id)).size).toBe(2_500);
    const how = { kind: "changes", since: changesFrom ?? null } as const;
    expect((await readInPieces(google, connected(), { fields, how })).records).toEqual(records);
  });

  test.each([
    ["the stand-in says so", () => standIn.trouble.on("expired-cursor", { times: 1 })],
    ["a week has passed", () => (standIn.world.stoppedAt = "2099-01-01T00:00:00Z")],
  ])("a cursor is worn out when %s, and everything can be read again", async (_when, makeTrouble) => {
    const { changesFrom } = await wholeOf();
    makeTrouble();
    await expect(changesSince(changesFrom)).rejects.toThrow(CursorExpired);
    expect((await wholeOf()).records).toHaveLength(2_500);
  });

  test("with other fields than before wants everything to be read", async () => {
    const { changesFrom } = await wholeOf();
    const how = { kind: "changes", since: changesFrom ?? null } as const;
    await expect(readAll(google, connected(), { fields: ["names"], how })).rejects.toThrow(CursorExpired);
  });

  test("a page’s token that is no good any more wants everything to be read, but only if it was kept", async () => {
    const reading = { fields, after: { pageToken: "bm90LW91cnM" } };
    await expect(readAll(google, connected(), reading)).rejects.toThrow(CursorExpired);
    const wrong = readAll(google, connected(), { fields: ["shoeSizes"] });
    await expect(wrong).rejects.toThrow(/Invalid personFields mask path/);
    await expect(wrong).rejects.not.toThrow(CursorExpired);
  });
});

/** Something happens behind the first page. */
async function readPagesWhile(happens: () => void) {
  const pages = [];
  const how = { kind: "whole", start: null } as const;
  for await (const page of google.read(connected(), { streamId: "contacts", fields, how, after: null })) {
    pages.push(page);
    if (pages.length === 1) happens();
  }
  return { pages };
}

describe("trouble with Google", () => {
  testWrongAnswers({
    provider: google,
    streamId: "contacts",
    fields,
    connect: connected,
    trouble: () => standIn.trouble,
    when: () => ({ after: 1, path: /connections$/ }),
    own: [
      ["throttled", Throttled, /left in peace/],
      ["forbidden", GrantEnded, /box for contacts/],
      ["wrong-token", GrantEnded, /connect it again/],
      ["revoked", GrantEnded, /connect it again/],
      ["repeated-page", Trouble, /again and again/],
    ],
    afterwards: async () => expect((await wholeOf()).records).toHaveLength(2_500),
  });

  test("a page that comes twice is read twice", async () => {
    standIn.trouble.on("duplicate-page", { times: 1, after: 1 });
    const { pages, records } = await wholeOf();
    expect(pages).toHaveLength(4);
    expect(new Set(records.map(({ id }) => id)).size).toBe(2_500);
  });

  test("a token that has run out is renewed in between", async () => {
    const connection = connected({ token: "token-of-yesterday", renewed: "token-of-today" });
    expect((await readAll(google, connection, { fields })).records).toHaveLength(2_500);
  });

  test("who stops it meanwhile is obeyed, and not told of trouble", async () => {
    const connection = connected();
    standIn.trouble.on("hang");
    setTimeout(() => connection.stop(), 50);
    const stopped = readAll(google, connection, { fields });
    await expect(stopped).rejects.toThrow("Stopped.");
    await expect(stopped).rejects.not.toThrow(Trouble);
  });

  test("a test of the connection reads one contact’s number and says what is wrong", async () => {
    await google.test(connected());
    expect(standIn.asked.map(({ query }) => query.get("pageSize"))).toEqual(["1"]);
    standIn.trouble.on("revoked");
    await expect(google.test(connected())).rejects.toThrow(GrantEnded);
  });
});

describe("what Google has to offer", () => {
  test("is its account’s email, and fields in groups with what people called their own", async () => {
    expect(await google.whose(connected())).toBe("office@hale-partners.example");
    const found = await google.discover(connected(), "contacts");
    expect([...new Set(found.map(({ group }) => group))]).toEqual([
      "Who they are",
      "How to reach them",
      "Notes and labels",
    ]);
    const own = found.find(({ id }) => id === "userDefined");
    expect(own?.columns.map(({ id }) => id)).toEqual(["userDefined", "userDefined.Membership no"]);
    const ids = found.flatMap(({ columns }) => columns.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("asks for nothing but reading", () => {
    expect(google.access).toMatchObject({
      scopes: [expect.stringMatching(/readonly$/), expect.stringMatching(/email$/)],
    });
  });
});
