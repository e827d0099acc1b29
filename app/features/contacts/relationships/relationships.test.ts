import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findRelated, listRelated } from "~/features/contacts/relationships/related.server";
import { newRelationshipForm, relationshipForm } from "~/features/contacts/relationships/relationship-form";
import {
  addType,
  listOwnTypes,
  listTypesToChoose,
  removeType,
  renameType,
  setTypeRetired,
} from "~/features/contacts/relationships/relationship-types.server";
import { overlap, parseReading, readingChoices, readingValue } from "~/features/contacts/relationships/relationships";
import {
  editRelationship,
  relate,
  relatedText,
  unrelate,
} from "~/features/contacts/relationships/relationships.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";

const account = { phoneCountry: "GB", locale: "en-GB" };
const form = (fields: Record<string, string>) => {
  const read = relationshipForm(account).safeParse({ how: "owns", since: "", until: "", note: "", ...fields });
  return read.success ? read.data : read.error.issues.map(({ message }) => message);
};

describe("the form of a relationship", () => {
  test("reads dates as people write them", () => {
    expect(form({ since: "1 March 2024", until: "30.6.2025", note: " Two days  a week. " })).toEqual({
      ...{ reading: { type: "owns", back: false }, since: "2024-03-01", until: "2025-06-30" },
      ...{ note: "Two days a week.", original: "" },
    });
  });

  test.each([
    [{ since: "31 February 2024" }, "There is no 31 February"],
    [{ since: "29 February 2023" }, "it was no leap year"],
    [{ since: "1 March" }, "Give the year, too"],
    [{ since: "soon" }, "This is no date"],
    [{ since: "0024-03-01" }, "Check the year"],
    [{ since: "1 March 2024", until: "29 February 2024" }, "This is before it began."],
    [{ note: "x".repeat(201) }, "At most 200 characters."],
    [{ how: "befriends" }, "Choose how they are related."],
    [{ how: "owns:forth" }, "Choose how they are related."],
  ])("refuses %o in words", (fields, words) => {
    expect(form(fields)).toEqual([expect.stringContaining(words)]);
  });

  test("asks for the other contact", () => {
    for (const otherId of [undefined, "", "somebody"]) {
      expect(newRelationshipForm(account).safeParse({ how: "owns", otherId }).error?.issues).toMatchObject([
        { path: ["otherId"], message: "Choose the other contact." },
      ]);
    }
  });
});

describe("readings", () => {
  const own = { id: newId(), reads: "is guarantor for", readsBack: "has as guarantor" };

  test("every choice reads back as itself", () => {
    const choices = readingChoices([own]);
    for (const { value } of choices) {
      const reading = parseReading(value);
      expect(reading && readingValue(reading, choices)).toBe(value);
    }
    expect(new Set(choices.map(({ label }) => label)).size).toBe(choices.length);
  });

  test("periods overlap where they have a day in common, whichever is named first", () => {
    const day = fc.option(fc.integer({ min: 1, max: 9 }), { nil: null });
    const period = fc.tuple(day, day).filter(([since, until]) => since === null || until === null || since <= until);
    const text = (number: number | null) => (number === null ? null : `2024-03-0${number}`);
    const within = ([since, until]: (number | null)[], at: number) => (since ?? 0) <= at && at <= (until ?? 10);
    fc.assert(
      fc.property(period, period, (one, other) => {
        const shared = Array.from({ length: 11 }, (_, at) => at).some((at) => within(one, at) && within(other, at));
        const [a, b] = [one, other].map(([since = null, until = null]) => ({ since: text(since), until: text(until) }));
        expect(overlap(a!, b!)).toBe(shared);
        expect(overlap(b!, a!)).toBe(shared);
      }),
    );
  });
});

async function people(scope: Scope, ...names: string[]): Promise<string[]> {
  const ids = [];
  for (const givenName of names) ids.push((await given.contact(scope, { givenName, familyName: "Adebayo" })).id);
  return ids;
}

describe.each(databases)("relationships on %s", (database) => {
  test("has its dates and note on both sides, and stands below when it has ended", async () => {
    const scope = await given.scope(database, "user", { clock: testClock() });
    const [ann = "", ben = ""] = await people(scope, "Ann", "Ben");
    const dates = { since: "2019-04-01", until: "2026-05-03" };
    await relate(scope, { fromId: ann, toId: ben, type: "works-for", ...dates, note: "Two days a week." });
    await relate(scope, { fromId: ann, toId: ben, type: "works-for", since: "2026-05-04" });
    await relate(scope, { fromId: ben, toId: ann, type: "owns", until: "2026-05-04" });
    const ofAnn = await listRelated(scope, ann);
    expect(ofAnn.map(({ words, ended }) => [words, ended])).toEqual([
      ["is owned by", false],
      ["works for", false],
      ["works for", true],
    ]);
    expect((await listRelated(scope, ben)).at(-1)).toMatchObject({
      ...{ words: "employs", ended: true, ...dates, note: "Two days a week.", contactId: ann },
    });
  });

  test("of the same type is refused where it overlaps, whichever way it is said", async () => {
    const scope = await given.scope(database);
    const [ann = "", ben = ""] = await people(scope, "Ann", "Ben");
    const married = { type: "married-to", since: "2001-06-02", until: "2010-01-31" };
    expect(await relate(scope, { fromId: ben, toId: ann, ...married })).toMatchObject({ ok: true });
    const refused = { ok: false, reason: "already-related" };
    expect(await relate(scope, { fromId: ann, toId: ben, type: "married-to" })).toEqual(refused);
    expect(await relate(scope, { fromId: ann, toId: ben, type: "married-to", since: "2010-01-31" })).toEqual(refused);
    expect(await relate(scope, { fromId: ann, toId: ben, type: "married-to", since: "2012-01-01" })).toMatchObject({
      ok: true,
    });
  });

  test("to oneself, to nobody, backwards in time and by no type is refused", async () => {
    const { scope, other } = await given.twoAccounts(database);
    const [ann = "", ben = ""] = await people(scope, "Ann", "Ben");
    const [theirs = ""] = await people(other, "Chidi");
    const reason = async (wanted: object) => {
      const result = await relate(scope, { fromId: ann, toId: ben, type: "owns", ...wanted });
      return result.ok ? null : result.reason;
    };
    expect(await reason({ toId: ann })).toBe("same-contact");
    expect(await reason({ toId: theirs })).toBe("not-found");
    expect(await reason({ toId: newId() })).toBe("not-found");
    expect(await reason({ since: "2024-03-02", until: "2024-03-01" })).toBe("until-before-since");
    expect(await reason({ type: "befriends" })).toBe("unknown-type");
    expect(await reason({ type: newId() })).toBe("unknown-type");
    expect(await reason({ since: "2024-03-01", until: "2024-03-01" })).toBeNull();
  });

  test("is changed, unless somebody else has changed it meanwhile", async () => {
    const scope = await given.scope(database);
    const [ann = "", ben = ""] = await people(scope, "Ann", "Ben");
    const made = await relate(scope, { fromId: ann, toId: ben, type: "works-for" });
    const relationshipId = made.ok ? made.id : "";
    const opened = relatedText(ben, (await findRelated(scope, ben, relationshipId))!);
    const edit = { contactId: ben, relationshipId, type: "works-for", back: true, since: "2024-03-01", until: null };
    expect(await editRelationship(scope, { ...edit, note: "Fridays.", original: opened })).toMatchObject({ ok: true });
    expect(await findRelated(scope, ann, relationshipId)).toMatchObject({ since: "2024-03-01", note: "Fridays." });
    const late = await editRelationship(scope, { ...edit, type: "owns", note: null, original: opened });
    expect(late).toMatchObject({ ok: false, reason: "changed-meanwhile", now: { note: "Fridays." } });
    const original = "original" in late ? late.original : "";
    const turned = await editRelationship(scope, { ...edit, type: "owns", back: false, note: null, original });
    expect(turned).toMatchObject({ ok: true });
    expect(await findRelated(scope, ann, relationshipId)).toMatchObject({ words: "is owned by", note: null });
    const again = relatedText(ann, (await findRelated(scope, ann, relationshipId))!);
    const same = { ...edit, contactId: ann, type: "owns", back: true, note: null, original: again };
    expect(await editRelationship(scope, same)).toEqual({ ok: true, id: relationshipId, changeSetId: null });
  });

  test("nobody acts for themselves by way of others, in a chain of any length", async () => {
    const scope = await given.scope(database);
    const chain = await people(scope, "Ann", "Ben", "Chidi", "Dora", "Emeka");
    const executor = (from: number, to: number, more = {}) =>
      relate(scope, { fromId: chain[from]!, toId: chain[to]!, type: "executor-of", ...more });
    for (const at of [0, 1, 2, 3]) expect(await executor(at, at + 1)).toMatchObject({ ok: true });
    expect(await executor(4, 0)).toEqual({ ok: false, reason: "loop" });
    expect(await executor(2, 0)).toEqual({ ok: false, reason: "loop" });
    expect(await executor(0, 4)).toMatchObject({ ok: true });
    // Another kind of acting, and another time, is another matter.
    const attorney = { fromId: chain[1]!, toId: chain[0]!, type: "attorney-for" };
    expect(await relate(scope, attorney)).toMatchObject({ ok: true });
    const [old = "", young = ""] = await people(scope, "Femi", "Grace");
    await relate(scope, { fromId: old, toId: young, type: "executor-of", until: "2010-01-01" });
    const since = { fromId: young, toId: old, type: "executor-of", since: "2010-01-02" };
    expect(await relate(scope, since)).toMatchObject({ ok: true });
  });

  test("two at once cannot close a circle that neither of them sees", async () => {
    const scope = await given.scope(database);
    const [a = "", b = "", c = "", d = ""] = await people(scope, "Ann", "Ben", "Chidi", "Dora");
    const executor = (fromId: string, toId: string) => relate(scope, { fromId, toId, type: "executor-of" });
    await executor(a, b);
    await executor(c, d);
    const both = await Promise.all([executor(b, c), executor(d, a)]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
  });

  test("an administrator adds types with both readings, renames and retires them; two alike are refused", async () => {
    const scope = await given.scope(database);
    const added = await addType(scope, { reads: "is guarantor for", readsBack: "has as guarantor" });
    const id = added.ok ? added.id : "";
    for (const readings of [
      { reads: "Is Guarantor for", readsBack: "is vouched for by" },
      { reads: "has as guarantor", readsBack: "vouches for" },
      { reads: "lives with", readsBack: "Employs" },
    ]) {
      expect(await addType(scope, readings)).toMatchObject({ ok: false, reason: "alike" });
    }
    const [ann = "", ben = ""] = await people(scope, "Ann", "Ben");
    const related = await relate(scope, { fromId: ann, toId: ben, type: id });
    expect((await listRelated(scope, ben))[0]).toMatchObject({ words: "has as guarantor" });
    expect(await renameType(scope, id, { reads: "vouches for", readsBack: "is vouched for by" })).toMatchObject({
      ok: true,
    });
    expect((await listRelated(scope, ben))[0]).toMatchObject({ words: "is vouched for by" });
    expect(await removeType(scope, id)).toEqual({ ok: false, reason: "used" });
    await setTypeRetired(scope, id, true);
    expect(await listTypesToChoose(scope)).toEqual([]);
    expect(await listTypesToChoose(scope, id)).toHaveLength(1);
    expect(await relate(scope, { fromId: ben, toId: ann, type: id })).toEqual({ ok: false, reason: "retired-type" });
    expect(await listOwnTypes(scope)).toMatchObject([{ reads: "vouches for", used: 1 }]);
    await unrelate(scope, { contactId: ann, relationshipId: related.ok ? related.id : "" });
    expect(await removeType(scope, id)).toMatchObject({ ok: true });
    expect(await listOwnTypes(scope)).toEqual([]);
  });

  test("a type that reads alike both ways is stored one way", async () => {
    const scope = await given.scope(database);
    const added = await addType(scope, { reads: "lives with", readsBack: "Lives with" });
    const type = added.ok ? added.id : "";
    const [ann = "", ben = ""] = await people(scope, "Ann", "Ben");
    expect(await relate(scope, { fromId: ben, toId: ann, type })).toMatchObject({ ok: true });
    expect(await relate(scope, { fromId: ann, toId: ben, type })).toEqual({ ok: false, reason: "already-related" });
  });

  test("who sees only their own contacts sees and makes no relationship with others", async () => {
    const scope = await given.scope(database, "user");
    const [ann = "", ben = ""] = await people(scope, "Ann", "Ben");
    await relate(scope, { fromId: ann, toId: ben, type: "owns" });
    const limited: Scope = { ...scope, ownOnly: true, user: { ...scope.user!, id: newId() } };
    expect(await listRelated(limited, ann)).toEqual([]);
    expect(await relate(limited, { fromId: ann, toId: ben, type: "manages" })).toMatchObject({ reason: "not-found" });
  });
});
