import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { samplePerson } from "../../../../../sandbox/frame/people";
import { DEFAULT_FOLDER, OLD_CLIENTS, SUPPLIERS } from "../../../../../sandbox/microsoft/folders";
import { immutableId, type MicrosoftStandIn, startMicrosoft } from "../../../../../sandbox/microsoft/microsoft";
import { CursorExpired, GrantEnded, Throttled, Trouble } from "~/features/connectors/connector";
import { microsoft } from "~/features/connectors/providers/microsoft/microsoft";
import { connectTo, isThere, readAll, readInPieces } from "~/testing/connect-to";
import { testWrongAnswers } from "~/testing/wrong-answers";

const fields = ["givenName", "surname", "displayName", "emailAddresses", "mobilePhone", "birthday", "homeAddress"];
const CONTACTS = 1_000;

let standIn: MicrosoftStandIn;
beforeEach(async () => {
  standIn = await startMicrosoft({ contacts: CONTACTS, isValid: (token) => token === "token-of-today" });
});
afterEach(() => standIn.close());

const connected = (more: Partial<Parameters<typeof connectTo>[0]> = {}) =>
  connectTo({ bases: { graph: standIn.url }, ...more });
type Whole = Awaited<ReturnType<typeof readAll>>;
const wholeOf = () => readAll(microsoft, connected(), { fields });
const changesSince = (since: Whole["changesFrom"]) =>
  readAll(microsoft, connected(), { fields, how: { kind: "changes", since: since ?? null } });

describe("reading everything from Microsoft", () => {
  test("brings the contacts of all folders, also of the one that no list of folders has, each once", async () => {
    const { records, changesFrom } = await wholeOf();
    expect(new Set(records.map(({ id }) => id)).size).toBe(CONTACTS);
    expect(records).toHaveLength(CONTACTS);
    const folders = (changesFrom as { links: Record<string, string> }).links;
    expect(Object.keys(folders).sort()).toEqual(["", OLD_CLIENTS, SUPPLIERS].sort());
  });

  test("is the same when it is taken up anew behind each page", async () => {
    const [atOnce, inPieces] = [await wholeOf(), await readInPieces(microsoft, connected(), { fields })];
    expect(inPieces.pages.length).toBeGreaterThan(6);
    expect(inPieces.records).toEqual(atOnce.records);
    expect(inPieces.changesFrom).toEqual(atOnce.changesFrom);
  });

  test("keeps the chosen fields only, and of these what says something", async () => {
    const { records } = await readAll(microsoft, connected(), { fields: ["surname", "homeAddress"] });
    const payloads = records.flatMap((record) => (isThere(record) ? [record.payload] : []));
    expect([...new Set(payloads.flatMap(Object.keys))].sort()).toEqual(["homeAddress", "surname"]);
    expect(payloads.some((payload) => payload.homeAddress === undefined)).toBe(true);
  });

  test("asks every time for ids that stay", async () => {
    const { records } = await wholeOf();
    expect(records.map(({ id }) => id)).toContain(immutableId(3));
  });

  test("finds whom somebody moved meanwhile into a folder that was read already", async () => {
    const found: string[] = [];
    const how = { kind: "whole", start: null } as const;
    for await (const page of microsoft.read(connected(), { streamId: "contacts", fields, how, after: null })) {
      if (found.length === 0) standIn.world.change(3, { folder: DEFAULT_FOLDER });
      found.push(...page.records.filter(isThere).map(({ id }) => id));
    }
    expect(new Set(found).size).toBe(CONTACTS);
  });

  test("a mailbox without contacts and folders has an empty end", async () => {
    const empty = await startMicrosoft({ contacts: 0 });
    try {
      empty.folders.length = 0;
      const { records, changesFrom } = await readAll(microsoft, connectTo({ bases: { graph: empty.url } }), { fields });
      expect([records, changesFrom]).toMatchObject([[], { links: { "": expect.any(String) as string } }]);
    } finally {
      await empty.close();
    }
  });
});

describe("reading what has changed at Microsoft", () => {
  test("brings nothing where nothing has happened, and who was added, changed and deleted, time and again", async () => {
    const before = await wholeOf();
    const nothing = await changesSince(before.changesFrom);
    expect(nothing.records).toEqual([]);
    const added = standIn.world.add({ ...samplePerson(5), given: "Jürgen", family: "Größl", folder: OLD_CLIENTS });
    standIn.world.change(13, { given: "Folasade", family: "Adebayo-Carver" });
    standIn.world.remove(20);
    const first = await changesSince(nothing.changesFrom);
    expect(first.records).toHaveLength(3);
    expect(first.records).toContainEqual({ id: immutableId(20), gone: "deleted" });
    expect(first.records.find(({ id }) => id === immutableId(13))).toMatchObject({
      payload: { givenName: "Folasade", surname: "Adebayo-Carver" },
    });
    expect(first.records.find(({ id }) => id === immutableId(added))).toMatchObject({ payload: { surname: "Größl" } });
    standIn.world.remove(added);
    const second = await changesSince(first.changesFrom);
    expect(second.records).toEqual([{ id: immutableId(added), gone: "deleted" }]);
  });

  test("knows what was deleted for good, and what still lies among the deleted items, for deleted", async () => {
    const { changesFrom } = await wholeOf();
    standIn.world.remove(3, 4);
    const expected = [4, 3].map((key) => ({ id: immutableId(key), gone: "deleted" }));
    expect((await changesSince(changesFrom)).records).toEqual(expected);
    standIn.purges = true;
    expect((await changesSince(changesFrom)).records).toEqual(expected);
  });

  test("who was moved to another folder is not gone, whichever folder is read first", async () => {
    const { changesFrom } = await wholeOf();
    standIn.world.change(3, { folder: DEFAULT_FOLDER });
    standIn.world.change(4, { folder: SUPPLIERS });
    const { records } = await changesSince(changesFrom);
    expect(records.every(isThere)).toBe(true);
    expect(new Set(records.map(({ id }) => id))).toEqual(new Set([immutableId(3), immutableId(4)]));
  });

  test("a new folder is read whole", async () => {
    const { changesFrom } = await wholeOf();
    standIn.folders.push({ id: "AAMkNeighbours=", name: "Nachbarn", parent: OLD_CLIENTS });
    standIn.world.add({ ...samplePerson(6), family: "Weiß", folder: "AAMkNeighbours=" });
    const { records } = await changesSince(changesFrom);
    expect(records).toMatchObject([{ payload: { surname: "Weiß" } }]);
  });

  test("where a folder is gone, everything has to be read: nobody says who was in it", async () => {
    const { changesFrom } = await wholeOf();
    standIn.folders.splice(1, 1);
    await expect(changesSince(changesFrom)).rejects.toThrow(CursorExpired);
  });

  test("hundreds changed in one instant come page by page, without the empty ones between, also in pieces", async () => {
    const { changesFrom } = await wholeOf();
    standIn.world.changeMany(standIn.world.keys(), () => ({ company: "Brandt Holzbau GmbH" }));
    const { pages, records } = await changesSince(changesFrom);
    expect(pages.every((page) => page.records.length > 0)).toBe(true);
    expect(new Set(records.map(({ id }) => id)).size).toBe(CONTACTS);
    const how = { kind: "changes", since: changesFrom ?? null } as const;
    expect((await readInPieces(microsoft, connected(), { fields, how })).records).toEqual(records);
  });

  test("a worn-out link, also in the middle of a folder, wants everything to be read", async () => {
    const { pages, changesFrom } = await wholeOf();
    standIn.trouble.on("expired-cursor", { times: 1 });
    await expect(changesSince(changesFrom)).rejects.toThrow(CursorExpired);
    standIn.trouble.on("expired-cursor", { times: 1 });
    const resumed = readAll(microsoft, connected(), { fields, after: pages[0]?.after ?? null });
    await expect(resumed).rejects.toThrow(CursorExpired);
    expect((await wholeOf()).records).toHaveLength(CONTACTS);
  });

  test("with other fields than before wants everything to be read", async () => {
    const { changesFrom } = await wholeOf();
    const how = { kind: "changes", since: changesFrom ?? null } as const;
    await expect(readAll(microsoft, connected(), { fields: ["surname"], how })).rejects.toThrow(CursorExpired);
  });
});

describe("trouble with Microsoft", () => {
  testWrongAnswers({
    provider: microsoft,
    streamId: "contacts",
    fields,
    connect: connected,
    trouble: () => standIn.trouble,
    when: () => ({ after: 1, path: /delta$/ }),
    own: [
      ["throttled", Throttled, /left in peace/],
      ["forbidden", GrantEnded, /administrator/],
      ["wrong-token", GrantEnded, /connect it again/],
      ["revoked", GrantEnded, /connect it again/],
      ["repeated-page", Trouble, /again and again/],
    ],
    afterwards: async () => expect((await wholeOf()).records).toHaveLength(CONTACTS),
  });

  test("is told by its status, with how long to wait: one answer in three says nothing else", async () => {
    standIn.trouble.on("throttled");
    for (let time = 0; time < 3; time++) {
      await expect(microsoft.test(connected())).rejects.toMatchObject({ name: "Throttled", waitMs: 7_000 });
    }
  });

  test("a page that comes twice is read twice", async () => {
    standIn.trouble.on("duplicate-page", { times: 1, after: 1 });
    const { records } = await wholeOf();
    expect(records).toHaveLength(CONTACTS + 200);
    expect(new Set(records.map(({ id }) => id)).size).toBe(CONTACTS);
  });

  test("a link that leads elsewhere is not followed", async () => {
    const reading = readAll(microsoft, connected(), {
      fields,
      after: {
        ...{ from: {}, done: {}, isSecondRound: false },
        at: { folder: "", link: "https://graph.microsoft.com.evil.example/v1.0/me/contacts/delta" },
      },
    });
    await expect(reading).rejects.toThrow(/not Microsoft’s/);
  });

  test("an account without a mailbox is told so, though it can say who it is", async () => {
    standIn.hasMailbox = false;
    await expect(microsoft.test(connected())).rejects.toThrow(/has no mailbox/);
    expect(await microsoft.whose(connected())).toBe("office@hale-partners.example");
  });

  test("a token that has run out is renewed in between", async () => {
    const connection = connected({ token: "token-of-yesterday", renewed: "token-of-today" });
    expect((await readAll(microsoft, connection, { fields })).records).toHaveLength(CONTACTS);
  });
});
