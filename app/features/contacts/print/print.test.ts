import { describe, expect, test } from "vitest";
import { type ContactValues } from "~/features/contacts/contact";
import { readView } from "~/features/contacts/list/contact-list";
import { contactSheetPdf } from "~/features/contacts/print/contact-sheet-pdf.server";
import { envelopePdf } from "~/features/contacts/print/envelope-pdf.server";
import { findEnvelope } from "~/features/contacts/print/find-envelope.server";
import { findSheet } from "~/features/contacts/print/find-sheet.server";
import { contactListPdf } from "~/features/contacts/print/list-pdf.server";
import { relate } from "~/features/contacts/relationships/relationships.server";
import { newId } from "~/platform/ids.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { bytesOf, pagesOfPdf, textOfPdf } from "~/testing/text-of-pdf";

const address = { street: "14 Kiln Row", city: "London", region: null, postalCode: "E8 4QN", country: "GB" };
const berlin = { street: "Linienstraße 4", city: "Berlin", region: null, postalCode: "10115", country: "DE" };

const folasade: Partial<ContactValues> = {
  givenName: "Folasade",
  familyName: "Adebayo",
  company: "Kiln Row Timber LLP",
  jobTitle: "Managing Director",
  birthday: "--03-14",
  emails: [
    { value: "folasade@timber.example", label: "work", note: "read on Mondays" },
    { value: "f.adebayo@mail.example", label: null },
  ],
  phones: [{ value: "+442079460311", label: "mobile" }],
  addresses: [
    { label: "home", ...address },
    { label: "work", ...berlin },
  ],
  notes: "Prefers letters.\nRings on Fridays.",
  tags: ["client", "trustee"],
};

const spaced = (text: string) => text.replace(/\s+/g, " ");

describe.each(databases)("on paper, on %s", (database) => {
  test("a contact's sheet says everything, and first of all how not to reach them", async () => {
    const scope = await given.scope(database);
    const contact = await given.contact(scope, folasade);
    const firm = await given.contact(scope, { kind: "business", company: "Brandt Holzbau GmbH" });
    await relate(scope, { fromId: contact.id, toId: firm.id, type: "works-for", note: "two days a week" });
    await scope.db
      .insertInto("do_not_contact_marks")
      .values({
        ...{ account_id: scope.account.id, id: newId(), contact_id: contact.id, channel: "phone" },
        ...{ reason: "asked us not to ring", marked_at: scope.clock.now(), marked_by: scope.user?.id ?? null },
        ...{ lifted_at: null, lifted_by: null },
      })
      .execute();
    const sheet = await findSheet(scope, contact.id);
    expect(sheet?.warnings).toEqual([expect.stringMatching(/^Do not ring: asked us not to ring, /)]);
    const bytes = await bytesOf(contactSheetPdf(sheet!, { firm: scope.account.name, madeAt: scope.clock.now() }));
    expect(bytes.length).toBeLessThan(100_000);
    const text = spaced(await textOfPdf(bytes));
    for (const said of [
      ...["Folasade Adebayo", "Managing Director, Kiln Row Timber LLP", "read on Mondays", "first choice"],
      ...["020 7946 0311", "14 Kiln Row, London, E8 4QN", "Linienstraße 4, 10115 Berlin, Germany", "14 March"],
      ...["Works for", "Brandt Holzbau GmbH", "two days a week", "Rings on Fridays.", "client, trustee"],
      ...["Do not ring: asked us not to ring", scope.account.name, "Page 1 of 1"],
      `by ${scope.user?.name}`,
    ]) {
      expect(text).toContain(said);
    }
    await scope.db
      .updateTable("do_not_contact_marks")
      .set({ lifted_at: scope.clock.now() })
      .where("account_id", "=", scope.account.id)
      .execute();
    expect((await findSheet(scope, contact.id))?.warnings).toEqual([]);
  });

  test("a list has the rows of its page, in their order, over all its pages", async () => {
    const scope = await given.scope(database);
    const names = Array.from({ length: 120 }, (_, index) => `Hale-${String(index).padStart(3, "0")}`);
    for (const familyName of names) await given.contact(scope, { familyName, givenName: "Rowan" });
    await given.contact(scope, { kind: "business", company: "Kowalska Timber" });
    const query = "kind=individual&order=descending";
    const pages = await pagesOfPdf(await contactListPdf(scope, readView(new URLSearchParams(query))));
    expect(pages.length).toBeGreaterThan(2);
    expect(spaced(pages[0] ?? "")).toContain("120 people. By name, from Z to A.");
    expect(pages.at(-1)?.replace(/\s+/g, " ")).toContain(`Page ${pages.length} of ${pages.length}`);
    expect(pages.join("\n").match(/Hale-\d+/g)).toEqual(names.reverse());
    expect(pages.join()).not.toContain("Kowalska");
  });

  test("a list from the middle of which somebody prints begins at its first row, with the columns that it shows", async () => {
    const scope = await given.scope(database);
    const { id } = await given.contact(scope, { ...folasade, familyName: "Zhang" });
    await given.contact(scope, { familyName: "Adebayo", givenName: "Ann", jobTitle: "Trustee" });
    const query = `columns=jobTitle,marks&after=${id}~1~zhang`;
    const [page = ""] = await pagesOfPdf(await contactListPdf(scope, readView(new URLSearchParams(query))));
    expect(page).toContain("Name\nJob title\nDo not contact");
    expect(page.indexOf("Adebayo, Ann")).toBeGreaterThan(0);
    expect(page.indexOf("Zhang, Folasade")).toBeGreaterThan(page.indexOf("Adebayo, Ann"));
  });

  test("an empty list is a page that says so", async () => {
    const scope = await given.scope(database);
    const pages = await pagesOfPdf(await contactListPdf(scope, readView(new URLSearchParams("q=nobody"))));
    expect(pages).toHaveLength(1);
    expect(pages[0]).toContain("0 found for “nobody”.");
  });

  test("an envelope and labels have the chosen address, the firm's country goes without saying", async () => {
    const scope = await given.scope(database);
    const { id } = await given.contact(scope, folasade);
    const [home, work] = [
      ["Folasade Adebayo", "14 Kiln Row", "London", "E8 4QN"],
      ["Folasade Adebayo", "Kiln Row Timber LLP"],
    ];
    const found = await findEnvelope(scope, id, new URLSearchParams());
    expect(found).toMatchObject({ lines: home, sender: null, view: { format: { id: "dl" } } });
    const second = await findEnvelope(scope, id, new URLSearchParams("address=2&sender=yes&format=c6"));
    expect(second?.lines).toEqual([...work!, "Linienstraße 4", "10115 Berlin", "GERMANY"]);
    expect(second?.sender).toBe(scope.account.name);
    const labels = await findEnvelope(scope, id, new URLSearchParams("format=l7160&row=7&column=2&copies=9"));
    expect(labels?.view.copies, "two are left on the sheet").toBe(2);
    const made = { firm: scope.account.name, madeAt: scope.clock.now() };
    const bytes = await bytesOf(envelopePdf({ ...second!, lines: second!.lines! }, made));
    expect(bytes.toString("latin1"), "162 × 114 mm in points").toMatch(/\/MediaBox \[0 0 459\.2\d* 323\.1\d*\]/);
    expect(await textOfPdf(bytes)).toContain("10115 Berlin\nGERMANY");
    const printed = await textOfPdf(envelopePdf({ ...labels!, lines: labels!.lines! }, made));
    expect(printed.match(/E8 4QN/g)).toHaveLength(2);
  });

  test("an estate's letters go to it in care of its executor", async () => {
    const scope = await given.scope(database);
    const estate = await given.contact(scope, { kind: "estate", typedName: "Winifred Hale" });
    const executor = await given.contact(scope, {
      givenName: "Rowan",
      familyName: "Hale",
      addresses: [{ label: null, ...address }],
    });
    await relate(scope, { fromId: executor.id, toId: estate.id, type: "executor-of" });
    const found = await findEnvelope(scope, estate.id, new URLSearchParams());
    expect(found?.lines?.slice(0, 3)).toEqual(["Estate of Winifred Hale", "c/o Rowan Hale", "14 Kiln Row"]);
    expect(found?.warning).toBeNull();
    const sheet = (await findSheet(scope, estate.id))!;
    const [letters] = sheet.sections[0]!.facts;
    expect(letters).toMatchObject({ label: "Letters go to", aside: "The address of Rowan Hale, who acts for it." });
    expect(letters?.text.split("\n").slice(1, 3)).toEqual(["c/o Rowan Hale", "14 Kiln Row"]);
    const printed = contactSheetPdf(sheet, { firm: scope.account.name, madeAt: scope.clock.now() });
    expect(spaced(await textOfPdf(printed))).toContain("c/o Rowan Hale");
  });

  test("who wants no letters or has died is printed, with a word on it", async () => {
    const scope = await given.scope(database);
    const { id } = await given.contact(scope, { ...folasade, birthday: null, diedOn: "2026-02-11" });
    const found = await findEnvelope(scope, id, new URLSearchParams());
    expect(found?.warning).toBe("Died on 11 February 2026.");
    expect((await findSheet(scope, id))?.warnings).toEqual(["Died on 11 February 2026. Never a recipient."]);
  });

  test("whose contact it is not, or who has no address, gets none", async () => {
    const { scope, other } = await given.twoAccounts(database);
    const { id } = await given.contact(scope, { familyName: "Hale" });
    expect(await findSheet(other, id)).toBeNull();
    expect(await findEnvelope(other, id, new URLSearchParams())).toBeNull();
    expect(await findEnvelope(scope, id, new URLSearchParams())).toMatchObject({ lines: null, blocks: [] });
  });
});
