/** Rows are written as the rules of their run say, and no rule ever loses what a person typed. */
import { describe, expect, test } from "vitest";
import { undoing } from "~/composition.server";
import { undoChangeSet } from "~/features/changes/undo.server";
import { liftMark } from "~/features/contacts/consent/do-not-contact.server";
import { deleteContacts } from "~/features/contacts/deletion/delete-contacts.server";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { editContact } from "~/features/contacts/edit-contact.server";
import { listHistory } from "~/features/contacts/history/history.server";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { findDraft } from "~/features/pipeline/draft/draft-run.server";
import { previewRows } from "~/features/pipeline/draft/preview.server";
import { type WritingRules } from "~/features/pipeline/subject-rules";
import { databases } from "~/testing/databases";
import { givenFirm, drafted, imported, undone, everybody, one, ann, moved } from "~/testing/given-rules";

describe.each(databases)("by the rules of an import, on %s", (engine) => {
  test("create only adds who is new, and says who was left alone", async () => {
    const firm = await givenFirm(engine);
    await imported(firm, [ann]);
    const ben = { ...moved, "Given name": "Ben", Email: "ben@okafor.example" };
    const twice = { ...ben, "Job title": "Junior partner" };
    const { counts, remarks } = await imported(firm, [moved, ben, twice], { what: "create" });
    expect(counts).toEqual([1, 1, 1, 0]);
    expect(remarks).toEqual([
      "1 row is a contact that is there already. Only new ones were to be added, so it was left alone.",
    ]);
    expect((await everybody(firm)).map(({ values }) => values.company)).toEqual([
      "Kiln Row Pottery",
      "Hale & Partners",
    ]);
  });

  test("update only changes who is there, whatever stands above a row that fits nobody", async () => {
    const firm = await givenFirm(engine);
    await imported(firm, [ann]);
    const byOther = { ...ann, "Given name": "A.", Email: "a.okafor@hale.example", Company: "Hale & Partners" };
    const both = { ...moved, Email: "ann@okafor.example; a.okafor@hale.example" };
    const { counts, remarks } = await imported(firm, [both, byOther], { what: "update", match: "email" });
    expect(counts).toEqual([0, 1, 1, 0]);
    expect(remarks[0]).toMatch(/^1 row fits nobody\./);
    expect((await one(firm)).values).toMatchObject({ givenName: "Ann", company: "Hale & Partners" });
  });

  test("fill blanks leaves what is known; a field's own rule goes further", async () => {
    const firm = await givenFirm(engine);
    await imported(firm, [ann]);
    await imported(firm, [moved], { what: "fill", fields: { jobTitle: "never" } });
    expect((await one(firm)).values).toMatchObject({
      company: "Kiln Row Pottery",
      jobTitle: null,
      phones: [{ value: "+442079460182" }],
    });
    const all = await imported(firm, [moved], { fields: { company: "empty" } });
    expect(all.counts).toEqual([0, 1, 0, 0]);
    expect((await one(firm)).values).toMatchObject({ company: "Kiln Row Pottery", jobTitle: "Partner" });
    // The very row is there by now, but has not been written whole.
    expect((await imported(firm, [moved])).counts).toEqual([0, 1, 0, 0]);
    expect((await one(firm)).values.company).toBe("Hale & Partners");
    expect((await imported(firm, [moved])).counts).toEqual([0, 0, 1, 0]);
  });

  test("rows find their contact by phone, or by exact name with company, alone", async () => {
    const firm = await givenFirm(engine);
    await imported(firm, [moved]);
    const other = { ...moved, "Given name": "Anna", Email: "anna@okafor.example" };
    expect((await imported(firm, [other], { match: "phone" })).counts).toEqual([0, 1, 0, 0]);
    const named = { ...moved, Email: "a@okafor.example", Phone: "" };
    expect((await imported(firm, [{ ...named, "Given name": "Anna" }], { match: "name" })).counts).toEqual([
      0, 1, 0, 0,
    ]);
    expect((await imported(firm, [{ ...named, Company: "" }], { match: "name" })).counts).toEqual([1, 0, 0, 0]);
    await expect(drafted(firm, [{ Name: "Ann Okafor" }], { match: "email" })).rejects.toThrow(
      "No column goes to an email",
    );
  });

  test("the Tallybook ID of an export is the contact; one that nobody has is refused, or passed over", async () => {
    const firm = await givenFirm(engine);
    await imported(firm, [ann]);
    const { id } = await one(firm);
    const renamed = { "Tallybook ID": id, "Given name": "Anne", Email: "" };
    expect((await imported(firm, [renamed])).counts).toEqual([0, 1, 0, 0]);
    expect((await one(firm)).values).toMatchObject({ givenName: "Anne", familyName: "Okafor" });
    const onlyTitle = { "Tallybook ID": id.toUpperCase(), "Job title": "Potter" };
    expect((await imported(firm, [onlyTitle], { match: "id", what: "update" })).counts).toEqual([0, 1, 0, 0]);

    const theirs = { "Tallybook ID": "01920000-0000-7000-8000-000000000000", Email: "ann@okafor.example" };
    const refused = await imported(firm, [theirs, { "Tallybook ID": "17", Email: "b@x.example" }], { match: "id" });
    expect(refused.counts).toEqual([0, 0, 0, 2]);
    expect(refused.reasons).toEqual([
      expect.stringMatching(/^Nobody here has this Tallybook ID/),
      expect.stringMatching(/^This is no Tallybook ID/),
    ]);
    const passed = await imported(firm, [theirs]);
    expect(passed.counts).toEqual([0, 0, 1, 0]);
    expect(passed.remarks).toEqual(["1 row has a Tallybook ID that nobody here has, and was matched without it."]);
    expect((await imported(firm, [{ "Tallybook ID": theirs["Tallybook ID"], Notes: "?" }])).counts).toEqual([
      0, 0, 0, 1,
    ]);

    await deleteContacts(firm.scope, [id]);
    expect((await imported(firm, [{ ...ann, "Tallybook ID": id }])).counts).toEqual([1, 0, 0, 0]);
    const other = await givenFirm(engine);
    expect((await imported(other, [{ ...ann, "Tallybook ID": (await one(firm)).id }])).counts).toEqual([1, 0, 0, 0]);
    expect((await one(other)).id).not.toBe((await one(firm)).id);
  });

  test("[clear] empties, an empty cell leaves; a newer row says it again, and an undo brings it back", async () => {
    const firm = await givenFirm(engine);
    await imported(firm, [
      { ...moved, Phone: "", Mobile: "07700 900 123", "Work phone": "020 7946 0182", Tags: "client" },
    ]);
    const row = {
      Email: ann.Email,
      "Family name": "[Clear]",
      Company: "[clear]",
      Mobile: "[clear]",
      Tags: "[clear], donor",
      "Job title": "",
    };
    expect((await imported(firm, [row])).counts).toEqual([0, 1, 0, 0]);
    expect((await one(firm)).values).toMatchObject({
      ...{ givenName: "Ann", familyName: null, company: null, jobTitle: "Partner", tags: ["donor"] },
      phones: [{ value: "+442079460182", label: "work" }],
    });
    const { entries } = await listHistory(firm.scope, (await one(firm)).id);
    expect(entries[0]?.changes).toContainEqual(
      expect.objectContaining({ label: "Company", before: "Hale & Partners", after: "" }),
    );
    expect((await imported(firm, [row])).counts).toEqual([0, 0, 1, 0]);
    expect((await imported(firm, [{ Email: ann.Email, Company: "Hale & Partners" }])).counts).toEqual([0, 1, 0, 0]);
    expect((await one(firm)).values.company).toBe("Hale & Partners");

    const other = await givenFirm(engine);
    await imported(other, [{ ...moved, Mobile: "07700 900 123" }]);
    const whole = (await one(other)).values;
    const cleared = await imported(other, [{ ...row, Tags: "" }]);
    const undoId = await undone(other, cleared.runId);
    expect((await one(other)).values).toEqual(whole);
    await undoChangeSet(other.scope, undoId, undoing);
    expect((await one(other)).values.company).toBeNull();
  });

  test("[clear] is refused where a contact would not be known any more, and where nothing can be cleared", async () => {
    const firm = await givenFirm(engine);
    await imported(firm, [{ Name: "Okafor & Daughters" }]);
    const { id } = await one(firm);
    const nothingLeft = await imported(firm, [{ "Tallybook ID": id, Name: "[clear]" }]);
    expect(nothingLeft.reasons).toEqual([expect.stringMatching(/^With what is cleared here nothing would be left/)]);
    const row = { Name: "Ann Okafor", Kind: "[clear]", "No email": "[clear]", "Tallybook ID": "[clear]" };
    expect((await imported(firm, [row])).reasons).toEqual([
      expect.stringMatching(/^The kind cannot be cleared/),
      expect.stringMatching(/^A Tallybook ID cannot be cleared/),
      expect.stringMatching(/^A file never lifts a mark/),
    ]);
    expect((await imported(firm, [{ Name: "[clear]", Notes: "gone" }])).reasons).toEqual([
      expect.stringMatching(/^With what is cleared here there is nothing/),
    ]);
    expect((await one(firm)).values.typedName ?? (await one(firm)).values.company).toBe("Okafor & Daughters");
  });

  test("a pinned field stays, whatever the rule", async () => {
    const firm = await givenFirm(engine);
    await imported(firm, [ann]);
    const contact = await findContact(firm.scope, (await one(firm)).id);
    const { version = 0, values } = contact ?? {};
    if (!values) throw new Error("The contact is gone");
    await editContact(firm.scope, contact?.id ?? "", {
      version,
      values: { ...values, company: null, jobTitle: "Potter" },
    });
    for (const what of ["both", "fill", "update"] as const)
      await imported(firm, [moved, { ...moved, "Job title": "[clear]" }], { what });
    expect((await one(firm)).values).toMatchObject({ company: null, jobTitle: "Potter" });
  });

  test("consent only gets stricter: yes sets a mark, no lifts none, and the undo takes back its own", async () => {
    const firm = await givenFirm(engine);
    await imported(firm, [{ ...ann, "No email": "nein", "No phone": "", "No letters": "0" }]);
    expect((await one(firm)).no).toEqual([]);
    const asked = { ...ann, "No email": "Ja", "No phone": "x", "No letters": "no" };
    const { counts } = await imported(firm, [asked, asked]);
    expect(counts).toEqual([0, 1, 1, 0]);
    const { id, no } = await one(firm);
    expect(no.sort()).toEqual(["email: Import", "phone: Import"]);
    expect((await imported(firm, [asked])).counts).toEqual([0, 0, 1, 0]);
    const { entries } = await listHistory(firm.scope, id);
    expect(entries[0]?.changes).toContainEqual(
      expect.objectContaining({ label: "Do not contact", after: "email, Import; ring, Import" }),
    );
    await imported(firm, [{ ...ann, Company: "Hale", "No email": "no", "No phone": "false", "No letters": "" }]);
    expect((await one(firm)).no).toHaveLength(2);
    expect((await imported(firm, [{ ...ann, "No email": "perhaps" }])).reasons[0]).toMatch(/^Write yes/);

    const other = await givenFirm(engine);
    await imported(other, [ann]);
    const run = await imported(other, [asked]);
    const undoId = await undone(other, run.runId);
    expect((await one(other)).no).toEqual([]);
    await undoChangeSet(other.scope, undoId, undoing);
    expect((await one(other)).no.sort()).toEqual(["email: Import", "phone: Import"]);
    const marks = (await findContact(other.scope, (await one(other)).id))?.marks ?? [];
    for (const { id: markId } of marks) await liftMark(other.scope, { contactId: (await one(other)).id, markId });
    expect((await imported(other, [asked])).counts).toEqual([0, 1, 0, 0]);
  });

  test("what another import says, too, stays forbidden when one is undone", async () => {
    const firm = await givenFirm(engine);
    await imported(firm, [ann]);
    const first = await imported(firm, [{ ...ann, "No email": "yes" }]);
    await imported(firm, [{ ...ann, Company: "Hale", "No email": "yes" }]);
    await undone(firm, first.runId);
    expect((await one(firm)).no).toEqual(["email: Import"]);
  });

  test("the check before says the same", async () => {
    const firm = await givenFirm(engine);
    await imported(firm, [ann]);
    const prospects = async (rules: Partial<WritingRules>) => {
      const draft = await findDraft(
        firm.scope,
        await drafted(firm, [moved, { ...moved, "Given name": "Ben", Email: "b@x.example" }], rules),
      );
      const preview = draft && (await previewRows(firm.scope, contactSubject, draft));
      return preview?.ok
        ? preview.rows.map((row) => (row.ok ? [row.prospect.kind, ...row.prospect.remarks] : "refused"))
        : null;
    };
    expect(await prospects({})).toEqual([["changed"], ["new"]]);
    expect(await prospects({ what: "create" })).toEqual([["same", "there already, left alone"], ["new"]]);
    expect(await prospects({ what: "update" })).toEqual([["changed"], ["same", "fits nobody, left out"]]);
  });
});
