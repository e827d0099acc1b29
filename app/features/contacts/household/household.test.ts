import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Correction, householdsOf, livesWith, type Person } from "~/features/contacts/household/household";

const home = { street: "14 Kiln Row", city: "London", postalCode: "E8 4QN", country: "GB" };

function person(id: string, more: Partial<Person> = {}): Person {
  return { id, kind: "individual", familyName: "Smith", addresses: [home], diedOn: null, archived: false, ...more };
}
const ties = { married: false, corrected: null, country: "GB" } as const;

describe("two are of one household", () => {
  const elsewhere = { addresses: [{ ...home, street: "9 Kiln Row" }] };
  test.each<[string, Person, Partial<Parameters<typeof livesWith>[2]>, ReturnType<typeof livesWith>]>([
    ["with the same address and family name", person("b"), {}, "same-address"],
    [
      "however the address is written",
      person("b", { familyName: "SMÍTH", addresses: [{ ...home, street: "14  KILN Row", country: null }] }),
      {},
      "same-address",
    ],
    [
      "not with the same address in another country",
      person("b", { addresses: [{ ...home, country: "IE" }] }),
      {},
      null,
    ],
    ["not with another family name", person("b", { familyName: "Smithson" }), {}, null],
    ["not by a town alone", person("b", { addresses: [{ ...home, street: null }] }), {}, null],
    [
      "when they are married, wherever they live",
      person("b", { ...elsewhere, familyName: "Hale" }),
      { married: true },
      "married",
    ],
    ["when somebody says so", person("b", elsewhere), { corrected: "together" }, "said"],
    ["not when somebody says they are not", person("b"), { married: true, corrected: "apart" }, null],
    ["not with who has died", person("b", { diedOn: "2026-01-01" }), { married: true }, null],
    ["not with who is archived", person("b", { archived: true }), {}, null],
    ["not with a company", person("b", { kind: "business" }), {}, null],
  ])("%s", (_, other, more, why) => {
    expect(livesWith(person("a"), other, { ...ties, ...more })).toBe(why);
    expect(livesWith(other, person("a"), { ...ties, ...more })).toBe(why);
  });

  test("never with themselves, nor without a family name", () => {
    expect(livesWith(person("a"), person("a"), ties)).toBeNull();
    const nameless = { familyName: null };
    expect(livesWith(person("a", nameless), person("b", nameless), ties)).toBeNull();
  });
});

describe("households", () => {
  const ids = (homes: Person[][]) => homes.map((home) => home.map(({ id }) => id));

  test("hold who lives with who lives with somebody, unless they were parted", () => {
    const people = [person("a"), person("b", { familyName: "Hale" }), person("c"), person("d", { kind: "estate" })];
    const facts = { marriages: [["a", "b"]] as const, corrections: [] as Correction[], country: "GB" };
    expect(ids(householdsOf(people, facts))).toEqual([["a", "b", "c"]]);
    const corrections: Correction[] = [{ ids: ["b", "c"], kind: "apart" }];
    expect(ids(householdsOf(people, { ...facts, corrections }))).toEqual([["a", "b"], ["c"]]);
  });

  test("part everybody into just one, keep apart who was parted, and do not hang on any order", () => {
    const names = ["a", "b", "c", "d", "e", "f"];
    const anyPair = fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)).filter(([a, b]) => a !== b);
    const anyPeople = fc.tuple(
      ...names.map((id) =>
        fc
          .record({
            familyName: fc.constantFrom("Smith", "Hale", null),
            street: fc.constantFrom("1 Row", "2 Row", null),
          })
          .map(({ familyName, street }) => person(id, { familyName, addresses: [{ ...home, street }] })),
      ),
    );
    const anyCorrection = fc.record({ ids: anyPair, kind: fc.constantFrom("together" as const, "apart" as const) });
    fc.assert(
      fc.property(anyPeople, fc.array(anyPair), fc.array(anyCorrection), (people, marriages, said) => {
        // Of two there is one word only, as in the table.
        const corrections = [...new Map(said.map((one) => [[...one.ids].sort().join(), one])).values()];
        const facts = { marriages, corrections, country: "GB" };
        const homes = ids(householdsOf(people, facts));
        expect(homes.flat().sort()).toEqual(names);
        for (const {
          ids: [a, b],
          kind,
        } of corrections) {
          if (kind === "apart") expect(homes.some((home) => home.includes(a) && home.includes(b))).toBe(false);
        }
        const turned = {
          ...facts,
          marriages: marriages.map(([a, b]) => [b, a] as const).reverse(),
          corrections: [...corrections].reverse(),
        };
        expect(ids(householdsOf([...people].reverse(), turned))).toEqual(homes);
      }),
    );
  });
});
