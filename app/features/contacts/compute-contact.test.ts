import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { computeContact, type MemberRecord, type RecordData } from "~/features/contacts/compute-contact";

let count = 0;
function says(data: RecordData, observedAt = "2026-05-03T09:00:00.000Z", source: MemberRecord["source"] = "file") {
  const id = `record-${++count}`;
  return { id, source, observedAt, hash: JSON.stringify(data), data } satisfies MemberRecord;
}
const january = "2026-01-12T08:00:00.000Z";
const may = "2026-05-03T09:00:00.000Z";

describe("a computed contact", () => {
  test("says what its newest record says, and what only an older one knows", () => {
    const older = says({ company: "Adebayo Ceramics", jobTitle: "Owner" }, january);
    const newer = says({ company: "Adebayo Studio" }, may);
    const { values, origins } = computeContact([older, newer], new Set());
    expect(values).toMatchObject({ company: "Adebayo Studio", jobTitle: "Owner" });
    expect(origins).toMatchObject({ company: newer.id, jobTitle: older.id });
  });

  test("keeps a name whole: no given name from one record with a family name from another", () => {
    const { values } = computeContact(
      [says({ givenName: "Folasade", familyName: "Adebayo" }, january), says({ familyName: "Okafor" }, may)],
      new Set(),
    );
    expect(values).toMatchObject({ givenName: null, familyName: "Okafor" });
  });

  test("is empty in what a record clears: over older ones, not over newer ones or those of the same instant", () => {
    const [ceramics, cleared] = [says({ company: "Adebayo Ceramics" }, january), says({ cleared: ["company"] }, may)];
    expect(computeContact([ceramics, cleared], new Set()).values.company).toBeNull();
    for (const at of [may, "2026-06-01T09:00:00.000Z"]) {
      const studio = says({ company: "Adebayo Studio" }, at);
      expect(computeContact([ceramics, cleared, studio], new Set()).values.company).toBe("Adebayo Studio");
    }
    const typed = says({ company: "Adebayo & Daughters" }, january, "by-hand");
    expect(computeContact([typed, cleared], new Set(["company"])).values.company).toBe("Adebayo & Daughters");
  });

  test("loses of a list only what is labelled as the record says", () => {
    const [mobile, work] = [
      { value: "+447700900123", label: "mobile" },
      { value: "+442079460182", label: "work" },
    ];
    const older = says({ phones: [mobile, work] }, january);
    const { values } = computeContact([older, says({ cleared: ["phones:mobile"] }, may)], new Set());
    expect(values.phones).toEqual([work]);
    const replaced = says({ cleared: ["phones"], phones: [mobile] }, may);
    expect(computeContact([older, replaced], new Set()).values.phones).toEqual([mobile]);
  });

  test("unites emails, the newest record's first, each once however it is written", () => {
    const { values } = computeContact(
      [
        says({ emails: [{ value: "Ann@Okafor.example", label: "work" }] }, january),
        says(
          {
            emails: [
              { value: "ann@mail.example", label: null },
              { value: "ann@okafor.example", label: null },
            ],
          },
          may,
        ),
      ],
      new Set(),
    );
    expect(values.emails.map((email) => email.value)).toEqual(["ann@mail.example", "ann@okafor.example"]);
  });

  test("leaves a pinned field as it was put by hand, even when it was emptied", () => {
    const byHand = says({ company: null, phones: [{ value: "+442079460182", label: null }] }, january, "by-hand");
    const file = says({ company: "Adebayo Ceramics", phones: [{ value: "+442079460999", label: null }] }, may);
    const { values } = computeContact([byHand, file], new Set(["company", "phones"]));
    expect(values.company).toBeNull();
    expect(values.phones.map((phone) => phone.value)).toEqual(["+442079460182"]);
  });
});

const value = fc.option(fc.constantFrom("Ada", "Ben", "Cleo"), { nil: null });
const record = fc.record({
  at: fc.constantFrom(january, may),
  data: fc.record({
    givenName: value,
    familyName: value,
    company: value,
    emails: fc.array(fc.record({ value: fc.constantFrom("a@x.example", "b@x.example", "A@x.example"), label: value })),
  }),
});

test("the order in which records are given never matters", () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 6 }), fc.integer(), (drafts, seed) => {
      const members = drafts.map(({ at, data }) => says(data, at));
      const shuffled = [...members].sort((a, b) => ((a.id.length * 31 + seed) % 7) - ((b.id.charCodeAt(7) * seed) % 7));
      expect(computeContact(shuffled, new Set()).values).toEqual(computeContact(members, new Set()).values);
    }),
  );
});
