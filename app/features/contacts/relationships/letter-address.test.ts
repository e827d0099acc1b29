import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Carer, inOrder, letterAddress, type LetterParty } from "~/features/contacts/relationships/letter-address";

const place = { home: { locale: "en-GB", country: "GB" }, today: "2026-11-21" };
const at = (street: string) => ({
  label: null,
  street,
  city: "London",
  region: null,
  postalCode: "E8 4QN",
  country: "GB",
});

function party(name: string, more: Partial<LetterParty> = {}): LetterParty {
  const addresses = [at(`1 ${name} Row`)];
  return {
    id: name,
    name,
    kind: "individual",
    addresses,
    diedOn: null,
    archived: false,
    deleted: false,
    noLetters: false,
    ...more,
  };
}
const executor = (party: LetterParty, more: Partial<Carer> = {}): Carer => ({
  role: "executor",
  since: null,
  until: null,
  party,
  ...more,
});

const estate = party("Estate of Ann Smith", { kind: "estate", addresses: [] });
const lettersTo = (carers: Carer[], of = estate) => letterAddress(of, new Map([[of.id, carers]]), place);
const ben = party("Mr Ben Smith");
const toBen = {
  ok: true,
  address: at("1 Mr Ben Smith Row"),
  lines: ["Estate of Ann Smith", "c/o Mr Ben Smith", "1 Mr Ben Smith Row", "London", "E8 4QN"],
  careOf: { id: "Mr Ben Smith", name: "Mr Ben Smith" },
};

describe("letters to an estate", () => {
  test("go to its executor in care of whom it is", () => {
    expect(lettersTo([executor(ben)])).toEqual(toBen);
  });

  test("go to its own address where it has one", () => {
    const own = { ...estate, addresses: [at("9 Kiln Row")] };
    expect(lettersTo([executor(ben)], own)).toEqual({
      ok: true,
      address: at("9 Kiln Row"),
      lines: ["Estate of Ann Smith", "9 Kiln Row", "London", "E8 4QN"],
      careOf: null,
    });
  });

  test.each<[string, Carer[]]>([
    ["an attorney acts only where no executor does", [executor(party("Cy"), { role: "attorney" }), executor(ben)]],
    [
      "whoever has been longest in office is first",
      [executor(party("Cy"), { since: "2026-02-01" }), executor(ben, { since: "2026-01-01" })],
    ],
    ["whose term is over is not asked", [executor(party("Cy"), { until: "2026-11-20" }), executor(ben)]],
    ["whose term is to come is not asked", [executor(party("Cy"), { since: "2026-11-22" }), executor(ben)]],
    ["the dead are passed over", [executor(party("Ada", { diedOn: "2026-01-01" })), executor(ben)]],
    ["the archived are passed over", [executor(party("Ada", { archived: true })), executor(ben)]],
    ["the deleted are passed over", [executor(party("Ada", { archived: true, deleted: true })), executor(ben)]],
    ["who wants no letters is passed over", [executor(party("Ada", { noLetters: true })), executor(ben)]],
    ["who has no address is passed over", [executor(party("Ada", { addresses: [] })), executor(ben)]],
  ])("%s", (_, carers) => {
    expect(lettersTo(carers)).toEqual(toBen);
  });

  test("where the executor is an estate go to that one's executor, and a loop ends", () => {
    const other = party("Estate of Cy Hale", { kind: "estate", addresses: [] });
    const loop = new Map([
      [estate.id, [executor(other)]],
      [other.id, [executor(estate)]],
    ]);
    expect(letterAddress(estate, loop, place)).toEqual({
      ok: false,
      reason: "It has no address, and nobody is known who acts for it.",
    });
    loop.set(other.id, [executor(estate), executor(ben)]);
    expect(letterAddress(estate, loop, place)).toEqual(toBen);
  });

  test("go nowhere with the reason told", () => {
    expect(lettersTo([])).toEqual({ ok: false, reason: "It has no address, and nobody is known who acts for it." });
    const [dead, gone] = [party("Ada", { diedOn: "2026-01-01" }), party("Cy", { addresses: [] })];
    expect(lettersTo([executor(dead), executor(gone)])).toEqual({
      ok: false,
      reason: "It has no address, and of those who act for it Ada has died and Cy has no address.",
    });
  });

  test("never reach anybody who has died, is archived or wants none, and always end", () => {
    const names = ["A", "B", "C", "D", "E"];
    const anyParty = fc.record({
      kind: fc.constantFrom("individual" as const, "estate" as const),
      diedOn: fc.option(fc.constant("2026-01-01")),
      archived: fc.boolean(),
      noLetters: fc.boolean(),
      hasAddress: fc.boolean(),
    });
    const edges = fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)), { maxLength: 12 });
    fc.assert(
      fc.property(fc.array(anyParty, { minLength: 5, maxLength: 5 }), edges, (facts, pairs) => {
        const parties = new Map(
          names.map((name, index) => {
            const { hasAddress, ...rest } = facts[index]!;
            return [name, party(name, { ...rest, ...(hasAddress ? {} : { addresses: [] }) })];
          }),
        );
        const carers = new Map<string, Carer[]>();
        for (const [from, to] of pairs) carers.set(to, [...(carers.get(to) ?? []), executor(parties.get(from)!)]);
        const found = letterAddress(parties.get("A")!, carers, place);
        if (!found.ok) return found.reason !== "";
        const receiver = parties.get(found.careOf?.id ?? "A")!;
        expect(receiver).toMatchObject({ diedOn: null, archived: false, noLetters: false });
        return receiver.addresses.length > 0;
      }),
    );
  });
});

test("other contacts are written to at their first address, or told why not", () => {
  expect(lettersTo([], ben)).toMatchObject({
    ok: true,
    careOf: null,
    lines: ["Mr Ben Smith", expect.anything(), "London", "E8 4QN"],
  });
  expect(lettersTo([], { ...ben, addresses: [] })).toEqual({ ok: false, reason: "No address is known." });
  expect(lettersTo([], { ...ben, diedOn: "2026-01-01" })).toEqual({ ok: false, reason: "Mr Ben Smith has died." });
  expect(inOrder([], "2026-01-01")).toEqual([]);
});
