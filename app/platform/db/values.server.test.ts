import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UnstorableValueError } from "~/platform/db/errors.server";
import { fromJson, type Json, toJson } from "~/platform/db/json.server";
import { newId } from "~/platform/ids.server";
import { databases, openTestDatabase, type TestDatabase } from "~/testing/databases";
import { givenTables } from "~/testing/given-tables";

const RUNS = { numRuns: 60 };

const isoInstant = fc
  .date({ min: new Date("0001-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59.999Z"), noInvalidDate: true })
  .map((date) => date.toISOString());
const storableText = fc
  .oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: "grapheme" }),
    fc.constantFrom("Ọláwálé", "Łódź", "山田", "بيت", "👩‍👧", "'; --"),
  )
  .map((text) => text.replaceAll("\0", ""));
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });

/** One row of every column kind, each of which may be null. */
const rows = fc.record({
  placed_at: fc.option(isoInstant),
  due_on: fc.option(isoInstant.map((text) => text.slice(0, 10))),
  total_minor: fc.option(int64),
  quantity: fc.option(fc.maxSafeInteger()),
  pieces: fc.option(fc.integer()),
  note: fc.option(storableText),
  details: fc.option(fc.jsonValue().map((value) => toJson(value as Json))),
  scan: fc.option(fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes))),
});

describe.each(databases)("values on %s", (engine) => {
  const account = newId();
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    await givenTables(database);
  });
  afterAll(() => database.close());

  it("come back as they went in, of the same types", async () => {
    const db = database.forAccount(account);
    await fc.assert(
      fc.asyncProperty(rows, async (row) => {
        const id = newId();
        await db
          .insertInto("given_orders")
          .values({ ...row, account_id: account, id })
          .execute();
        const found = await db
          .selectFrom("given_orders")
          .select([
            "account_id",
            "id",
            "placed_at",
            "due_on",
            "total_minor",
            "quantity",
            "pieces",
            "note",
            "details",
            "scan",
          ])
          .where("account_id", "=", account)
          .where("id", "=", id)
          .executeTakeFirstOrThrow();
        expect(found).toStrictEqual({ ...row, account_id: account, id });
      }),
      RUNS,
    );
  });

  it("sort alike: text by its bytes, instants and dates by time", async () => {
    const other = newId();
    const db = database.forAccount(other);
    const notes = ["b", "B", "ä", "a", "Z", "z", "￿", "😀", "", "10", "9"];
    await db
      .insertInto("given_orders")
      .values(notes.map((note) => ({ account_id: other, id: newId(), note })))
      .execute();
    const found = await db
      .selectFrom("given_orders")
      .select("note")
      .where("account_id", "=", other)
      .orderBy("note")
      .execute();
    const byBytes = notes.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(found.map((row) => row.note)).toEqual(byBytes);
  });

  it("counts are numbers, sums of money bigints, truth 0 or 1", async () => {
    const other = newId();
    const db = database.forAccount(other);
    const row = (total_minor: bigint) => ({ account_id: other, id: newId(), total_minor, quantity: 2 });
    await db
      .insertInto("given_orders")
      .values([row(9_007_199_254_740_993n), row(1n)])
      .execute();
    const found = await db
      .selectFrom("given_orders")
      .select((e) => [
        e.fn.countAll<number>().as("orders"),
        e.fn.sum<bigint>("total_minor").as("sum_minor"),
        e.fn.max("total_minor").as("largest_minor"),
        sql<number>`count(*) > 1`.as("several"),
        sql<number>`cast(${7} as integer)`.as("seven"),
      ])
      .where("account_id", "=", other)
      .executeTakeFirstOrThrow();
    expect(found).toStrictEqual({
      orders: 2,
      sum_minor: 9_007_199_254_740_994n,
      largest_minor: 9_007_199_254_740_993n,
      several: 1,
      seven: 7,
    });
  });

  it("a whole number too large for a JavaScript number is an error, not a wrong number", async () => {
    const other = newId();
    const db = database.forAccount(other);
    const id = newId();
    await db
      .insertInto("given_orders")
      .values({ account_id: other, id, quantity: 9_007_199_254_740_993n as never })
      .execute();
    const read = db.selectFrom("given_orders").select("quantity").where("account_id", "=", other).execute();
    await expect(read).rejects.toThrow(RangeError);
  });

  it.each([
    ["a NUL character", "a\0b"],
    ["half a surrogate pair", "a\ud800b"],
    ["undefined", undefined],
    ["NaN", Number.NaN],
    ["infinity", Number.POSITIVE_INFINITY],
    ["a date", new Date()],
    ["an object", { a: 1 }],
  ])("%s is refused before it is sent", async (_name, value) => {
    const db = database.forAccount(account);
    const query = db
      .selectFrom("given_orders")
      .select("id")
      .where("account_id", "=", account)
      .where("note", "=", value as never);
    await expect(query.execute()).rejects.toThrow(UnstorableValueError);
  });

  it("an instant or day in another form than the one is refused", async () => {
    const db = database.forAccount(account);
    const insert = (row: object) =>
      db
        .insertInto("given_orders")
        .values({ account_id: account, id: newId(), ...row })
        .execute();
    await expect(insert({ due_on: "yesterday-ish" })).rejects.toThrow();
    await expect(insert({ due_on: "2026-02-30" })).rejects.toThrow();
    await expect(insert({ placed_at: "noon" })).rejects.toThrow();
    await expect(insert({ pieces: "12abc" })).rejects.toThrow();
  });

  it("changed rows are counted", async () => {
    const other = newId();
    const db = database.forAccount(other);
    await db
      .insertInto("given_orders")
      .values([
        { account_id: other, id: newId() },
        { account_id: other, id: newId() },
      ])
      .execute();
    const updated = await db
      .updateTable("given_orders")
      .set({ pieces: 1 })
      .where("account_id", "=", other)
      .executeTakeFirst();
    const deleted = await db.deleteFrom("given_orders").where("account_id", "=", other).returning("pieces").execute();
    expect(updated.numUpdatedRows).toBe(2n);
    expect(deleted).toEqual([{ pieces: 1 }, { pieces: 1 }]);
  });
});

describe("JSON text", () => {
  it("gives back what it was made of", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(fromJson(toJson(value as Json))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it.each([
    ["undefined", undefined],
    ["NaN", Number.NaN],
    ["a bigint", { totalMinor: 1n }],
    ["undefined in a list", [undefined]],
    ["a date", { at: new Date() }],
    ["a map", new Map()],
    ["a function", [() => 1]],
  ])("refuses %s", (_name, value) => {
    expect(() => toJson(value as Json)).toThrow(UnstorableValueError);
  });

  it("keeps NUL, lone surrogates and __proto__ as text both engines take", () => {
    const value = JSON.parse('{"__proto__":{"a":1},"nul":"\\u0000","half":"\\ud800"}') as Json;
    const text = toJson(value);
    expect(text).not.toMatch(/[\0\ud800]/);
    expect(Object.keys(fromJson<object>(text))).toEqual(["__proto__", "nul", "half"]);
    expect(({} as { a?: number }).a).toBeUndefined();
  });

  it("leaves out properties that are undefined", () => {
    expect(toJson({ a: 1, b: undefined })).toBe('{"a":1}');
  });
});
