import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bestSuggestions,
  byNamesAndValues,
  type Suggestion,
  type Suggestions,
} from "~/features/connectors/set-up/suggestions";
import { contactSubjectFields } from "~/features/contacts/subject/contact-subject-fields";

const fields = [
  { id: "name", many: false },
  { id: "email", many: true },
  { id: "birthday", many: false },
];
const say = (field: string, confidence: number, why = "somebody says so"): Suggestion => ({ field, confidence, why });

describe("suggestions of where columns go", () => {
  test("the most confident holds, and of equals that of the source that stands first", () => {
    const [own, model] = [
      [say("name", 0.9), say("email", 0.3), null],
      [say("birthday", 0.9), say("", 0.8, "it says nothing of anybody"), say("email", 0.1)],
    ];
    expect(bestSuggestions(fields, 3, [own, model])).toEqual([own[0], model[1], model[2]]);
    expect(bestSuggestions(fields, 3, [model, own])).toEqual([model[0], model[1], model[2]]);
  });

  test("a field of which there is one goes to one column, and the other gets the next best", () => {
    const first = [say("name", 0.7), say("name", 0.9)];
    const second = [say("birthday", 0.2), null];
    expect(bestSuggestions(fields, 2, [first, second])).toEqual([second[0], first[1]]);
    expect(bestSuggestions(fields, 2, [[say("email", 0.7), say("email", 0.9)]])).toEqual([
      say("email", 0.7),
      say("email", 0.9),
    ]);
  });

  test("what no field is called, or no column, is no suggestion", () => {
    expect(bestSuggestions(fields, 1, [[say("shoe size", 1), say("name", 1)]])).toEqual([null]);
  });

  test("a list is told by each of its values, and a part of an address by its own name, but of nobody else’s", () => {
    const columns = ["Phones", "Address: Street", "Address: Postcode", "Address: City", "Manager: Email"];
    const values = [["020 7946 0182", "+44 7700 900123", "020 7946 0991"], ["1 Kiln Lane"], ["E8 1DY"], ["London"], []];
    const found = byNamesAndValues(
      columns.map((label) => ({ id: label, label })),
      values,
      contactSubjectFields,
    );
    expect(found.map((one) => one?.field ?? "")).toEqual(["phone", "street", "postalCode", "city", ""]);
    expect(found.slice(0, 4).every((one) => (one?.confidence ?? 0) >= 0.9)).toBe(true);
  });

  const suggestion = fc.option(
    fc.record({
      field: fc.constantFrom("", "name", "email", "birthday", "shoe size"),
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
      why: fc.constantFrom("by its name", "by its values", "as before"),
    }),
  );
  const columns = fc.integer({ min: 0, max: 6 });
  const sources: fc.Arbitrary<[number, Suggestions[]]> = columns.chain((count) =>
    fc.tuple(
      fc.constant(count),
      fc.array(fc.array(suggestion, { minLength: count, maxLength: count }), { maxLength: 4 }),
    ),
  );

  test("whatever the sources say, each column gets one of what was said of it, and no single field goes twice", () => {
    fc.assert(
      fc.property(sources, ([count, said]) => {
        const best = bestSuggestions(fields, count, said);
        expect(best).toHaveLength(count);
        best.forEach((one, column) => {
          if (one) expect(said.map((suggestions) => suggestions[column])).toContain(one);
        });
        for (const { id, many } of fields) {
          if (!many) expect(best.filter((one) => one?.field === id).length).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test("a column is left without one only where all that was said of it went to others", () => {
    fc.assert(
      fc.property(sources, ([count, said]) => {
        const best = bestSuggestions(fields, count, said);
        const taken = new Set(best.map((one) => one?.field));
        best.forEach((one, column) => {
          if (one) return;
          const left = said.flatMap((suggestions) => suggestions[column] ?? []);
          const known = left.filter(({ field }) => field === "" || fields.some(({ id }) => id === field));
          expect(known.every(({ field }) => taken.has(field) && field !== "" && field !== "email")).toBe(true);
        });
      }),
    );
  });

  test("a further source that is less sure than all others only fills what they leave open", () => {
    fc.assert(
      fc.property(sources, fc.array(suggestion, { maxLength: 6 }), ([count, said], further) => {
        const before = bestSuggestions(fields, count, said);
        const unsure = further.map((one) => one && { ...one, confidence: -1 });
        const after = bestSuggestions(fields, count, [...said, unsure]);
        before.forEach((one, column) => {
          if (one) expect(after[column]).toBe(one);
        });
      }),
    );
  });
});
