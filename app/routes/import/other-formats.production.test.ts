/** Workbooks, vCards and exports of address books through the pages, from the upload to the contact. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { subjects } from "~/composition.server";
import { systemScope } from "~/features/accounts/account-scope.server";
import { continueRun } from "~/features/pipeline/run/continue-run.server";
import { databases } from "~/testing/databases";
import { formFrom } from "~/testing/site";
import { ask, type House, openHouse } from "~/testing/walk/house";
import { workbookOf } from "~/testing/workbooks";

describe.each(databases)("a list that is no CSV, on %s", (engine) => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse(engine);
  });
  afterAll(() => house.site.close());

  function upload(fileName: string, content: Buffer) {
    const begin = `--walk\r\nContent-Disposition: form-data; name="file"; filename="${fileName}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
    const { headers } = formFrom(house.site.origin);
    return ask(house.site, house.people.admin, `/${house.example.slug}/contacts/import`, {
      method: "POST",
      headers: { ...headers, "content-type": "multipart/form-data; boundary=walk" },
      body: Buffer.concat([Buffer.from(begin), content, Buffer.from("\r\n--walk--\r\n")]),
    });
  }

  async function page(path: string): Promise<string> {
    const { text } = await ask(house.site, house.people.admin, path);
    return text.replace(/<!-- -->/g, "");
  }

  const post = (path: string, fields: [string, string][]) =>
    ask(house.site, house.people.admin, path, formFrom(house.site.origin, new URLSearchParams(fields).toString()));

  async function carriedOut(runId: string): Promise<void> {
    const scope = await systemScope(house.installation, house.ours.account.id);
    await continueRun(scope, subjects, runId, { signal: new AbortController().signal });
  }

  const contactsOf = (runFamily: string) =>
    house.ours.db
      .selectFrom("contacts")
      .select(["name", "email", "phone", "birthday"])
      .where("account_id", "=", house.ours.account.id)
      .where("family_name", "like", runFamily)
      .orderBy("name_key")
      .execute();

  test("an Excel workbook: another sheet chosen on the columns page, then imported", async () => {
    const workbook = await workbookOf({
      Suppliers: [["Name"], ["Brandt Holzbau GmbH"]],
      "Clients 2026": [
        ["Given name", "Family name", "Email", "Phone", "Date of birth"],
        ["Rosalind", "Xhale", "rosalind@hale.example", 442079460182, new Date("1958-03-14T00:00:00Z")],
        ["Siobhán", "Xhale", "siobhan@hale.example", "020 7946 0999", null],
      ],
    });
    const uploaded = await upload("clients.xlsx", workbook);
    expect(uploaded.headers.location).toMatch(/\/imports\/[^/]+\/columns$/);
    const columns = uploaded.headers.location ?? "";
    const before = await page(columns);
    expect(before).toContain("Sheet of the workbook");
    expect(before).toContain("Brandt Holzbau GmbH");
    expect(before).not.toContain("Separator between cells");

    const common: [string, string][] = [
      ["phoneCountry", "GB"],
      ["hasHeader", "on"],
      ["sheet", "Clients 2026"],
    ];
    const reread = await post(columns, [...common, ["column", "name"]]);
    expect([reread.status, reread.headers.location]).toEqual([303, columns]);
    expect(await page(columns)).toContain("rosalind@hale.example");
    const fields = ["givenName", "familyName", "email", "phone", "birthday"];
    const mapped = await post(columns, [...common, ...fields.map((field): [string, string] => ["column", field])]);
    expect(mapped.headers.location).toMatch(/\/check$/);
    const check = await page(mapped.headers.location ?? "");
    expect(check).toContain("14 March 1958");
    const run = columns.replace(/\/columns$/, "");
    expect((await post(`${run}/start`, [])).status).toBe(303);
    await carriedOut(run.split("/").at(-1) ?? "");
    expect(await page(run)).toContain("rows read");
    expect(await contactsOf("Xhale")).toEqual([
      { name: "Rosalind Xhale", email: "rosalind@hale.example", phone: "+442079460182", birthday: "1958-03-14" },
      { name: "Siobhán Xhale", email: "siobhan@hale.example", phone: "+442079460999", birthday: null },
    ]);
  });

  test("a sheet that is not there is no choice of ours", async () => {
    const uploaded = await upload("clients.xlsx", await workbookOf({ Clients: [["Name"], ["Ann"]] }));
    const sent: [string, string][] = [
      ["phoneCountry", "GB"],
      ["hasHeader", "on"],
      ["sheet", "Other"],
      ["column", "name"],
    ];
    expect((await post(uploaded.headers.location ?? "", sent)).status).toBe(400);
  });

  test("vCards go to the check at once, and come in", async () => {
    const cards = ["Ann", "Ben"].map(
      (name) =>
        `BEGIN:VCARD\r\nVERSION:3.0\r\nN:Xokafor;${name};;;\r\nFN:${name} Xokafor\r\nPHOTO:https://okafor.example/${name}.jpg\r\nNICKNAME:X\r\nEMAIL;TYPE=HOME:${name}@okafor.example\r\nBDAY:--0314\r\nEND:VCARD\r\n`,
    );
    const uploaded = await upload("contacts.vcf", Buffer.from(cards.join("")));
    expect(uploaded.headers.location).toMatch(/\/check$/);
    const check = await page(uploaded.headers.location ?? "");
    expect(check).toContain("The file holds vCards");
    expect(check).toContain("In the file, but not brought in: Nickname (2 rows), Photo (2 rows).");
    const run = (uploaded.headers.location ?? "").replace(/\/check$/, "");
    const columns = await page(`${run}/columns`);
    expect(columns).toContain("Encoding");
    expect(columns).not.toContain("The first row holds");
    await post(`${run}/start`, []);
    await carriedOut(run.split("/").at(-1) ?? "");
    expect(await contactsOf("Xokafor")).toMatchObject([
      { name: "Ann Xokafor", email: "Ann@okafor.example", birthday: "--03-14" },
      { name: "Ben Xokafor", email: "Ben@okafor.example" },
    ]);
  });

  test("an export of Google Contacts goes to the check at once, which says what it is", async () => {
    const file =
      "First Name,Last Name,Organization Name,Labels,E-mail 1 - Label,E-mail 1 - Value,File As,Nickname\nAnn,Xgoogle,,* myContacts,Work,ann@google.example,,Annie\n";
    const uploaded = await upload("contacts.csv", Buffer.from(file));
    expect(uploaded.headers.location).toMatch(/\/check$/);
    const check = await page(uploaded.headers.location ?? "");
    expect(check).toContain("recognised as an export of Google Contacts");
    expect(check).toContain("ann@google.example (work)");
    expect(check).toContain("In the file, but not brought in: Nickname (1 row).");
  });

  test("a CSV is a CSV whatever its name, and a workbook a workbook", async () => {
    const csv = await upload("clients.xlsx", Buffer.from("Name,Email\nAnn,ann@okafor.example\n"));
    expect(await page(csv.headers.location ?? "")).toContain("Separator between cells");
    const workbook = await upload("clients.csv", await workbookOf({ Clients: [["Name"], ["Ann"]] }));
    expect(await page(workbook.headers.location ?? "")).toContain("Sheet of the workbook");
  });

  test.each<[string, Buffer, RegExp]>([
    [
      "clients.xlsx",
      Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.from("EncryptedPackage", "utf16le")]),
      /protected by a password/,
    ],
    ["clients.xls", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), /old Excel workbook/],
    ["clients.xlsx", Buffer.from("PK\x03\x04cut off", "latin1"), /damaged or was cut off/],
    ["contacts.vcf", Buffer.from("BEGIN:VCARD\nFN:Ann\n"), /has no end/],
  ])("%s that cannot be read is refused on the form", async (fileName, content, reason) => {
    const refused = await upload(fileName, content);
    expect(refused.status).toBe(422);
    expect(refused.text).toMatch(reason);
  });
});
