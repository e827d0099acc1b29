import exceljs from "exceljs";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { setMembership } from "~/features/accounts/members.server";
import { systemScope } from "~/features/accounts/account-scope.server";
import { archiveContacts } from "~/features/contacts/deletion/archive-contacts.server";
import { type ExportColumns, type ExportFormat, mayDownload } from "~/features/contacts/export/export";
import { askForExport, findExport, listExports } from "~/features/contacts/export/exports.server";
import { giveUpExport, makeExport, sweepExports } from "~/features/contacts/export/make-export.server";
import { readView } from "~/features/contacts/list/contact-list";
import { listContacts } from "~/features/contacts/list/list-contacts.server";
import { assignOwner } from "~/features/contacts/owners.server";
import { listNotices } from "~/features/notices/notices.server";
import { readFile } from "~/platform/files.server";
import { type Scope } from "~/platform/scope.server";
import { DAY_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import exportContacts from "../../../../jobs/export-contacts";

const view = (query = "") => readView(new URLSearchParams(query));
const never = new AbortController().signal;

async function asked(scope: Scope, query = "", format: ExportFormat = "csv", columns: ExportColumns = "view") {
  const result = await askForExport(scope, view(query), { format, columns });
  if (!result.ok) throw new Error(result.reason);
  return result.exportId;
}

async function fileOf(scope: Scope, exportId: string): Promise<Buffer> {
  const found = await findExport(scope, exportId);
  if (!found?.fileId) throw new Error(`There is no file: ${found?.problem}`);
  const parts: Uint8Array[] = [];
  for await (const bytes of readFile(scope, found.fileId)) parts.push(bytes);
  return Buffer.concat(parts);
}

async function exported(scope: Scope, ...what: [query?: string, format?: ExportFormat, columns?: ExportColumns]) {
  const exportId = await asked(scope, ...what);
  await makeExport(scope, exportId, never);
  return fileOf(scope, exportId);
}

const cells = (csv: Buffer) => parse(csv, { bom: true });

async function countFiles(scope: Scope): Promise<number> {
  const rows = await scope.db.selectFrom("files").select("id").where("account_id", "=", scope.account.id).execute();
  return rows.length;
}

const job = (scope: Scope) => given.job({ ...scope, kind: "installation", db: scope.database.forInstallation() });

describe.each(databases)("exports on %s", (engine) => {
  test("are exactly the rows, the order and the columns of the list", async () => {
    const scope = await given.scope(engine);
    for (const [givenName, familyName, city] of [
      ["Zoë", "Weiß", "Leeds"],
      ["Ann", "Ødegård", "Leeds"],
      ["Folasade", "Adebayo", "London"],
      ["Björn", "Hale", "Leeds"],
      ["小林", "𠮷田", "Leeds"],
    ] as const) {
      const address = { label: null, street: null, city, region: null, postalCode: null, country: null };
      await given.contact(scope, { givenName, familyName, addresses: [address] });
    }
    for (const query of ["", "city=leeds&order=descending", "city=leeds&columns=city,kind&sort=created", "q=hale"]) {
      const [head, ...rows] = cells(await exported(scope, query)) as [string[], ...string[][]];
      const { contacts } = await listContacts(scope, view(query));
      expect(rows.map(([name]) => name)).toEqual(contacts.map(({ listName }) => listName));
      if (query.includes("columns")) expect(head).toEqual(["Name", "City", "Kind"]);
      else expect(head).toEqual(["Name", "Kind", "Email", "Phone", "Tags", "Changed"]);
    }
  });

  test("leave what is archived to the list of the archived", async () => {
    const scope = await given.scope(engine);
    const { id } = await given.contact(scope, { givenName: "Winifred", familyName: "Hale" });
    await given.contact(scope);
    await archiveContacts(scope, [id]);
    expect(cells(await exported(scope)).slice(1)).toHaveLength(1);
    expect(String(await exported(scope, "archived=yes"))).toContain("Hale, Winifred");
  });

  test("run no formula in a spreadsheet, and say where UTF-8 begins only to Excel", async () => {
    const scope = await given.scope(engine);
    await given.contact(scope, { givenName: "=1+1", familyName: 'O\'Hara, the "younger"', notes: "@one\ntwo" });
    const csv = String(await exported(scope, "", "csv", "everything"));
    expect(csv).toContain(`,'=1+1,"O'Hara, the ""younger""",`);
    expect(csv).toContain(`,"'@one\ntwo",`);
    expect(csv.endsWith("\r\n")).toBe(true);
    const forExcel = await exported(scope, "", "csv-for-excel", "everything");
    expect(forExcel.subarray(0, 3)).toEqual(Buffer.from("\ufeff"));
    expect(String(forExcel.subarray(3))).toBe(csv);
  });

  test("as a workbook have texts as texts, dates as dates, a head that stays, and no formula", async () => {
    const scope = await given.scope(engine);
    await given.contact(scope, {
      familyName: '=HYPERLINK("https://evil.example")',
      birthday: "1958-03-14",
      phones: [{ value: "+442079460182", label: "mobile" }],
      addresses: [{ label: null, street: null, city: "Dresden", region: null, postalCode: "01067", country: "DE" }],
    });
    await given.contact(scope, { givenName: "Ann", familyName: "Zola", birthday: "--03-14" });
    const book = new exceljs.Workbook();
    const bytes = await exported(scope, "", "xlsx", "everything");
    await book.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer);
    const sheet = book.worksheets[0] as exceljs.Worksheet;
    const head = sheet.getRow(1).values as string[];
    const cell = (row: number, heading: string) => sheet.getRow(row).getCell(head.indexOf(heading));
    expect(cell(2, "Family name").value).toBe('=HYPERLINK("https://evil.example")');
    expect(cell(2, "Birthday").value).toEqual(new Date("1958-03-14T00:00:00.000Z"));
    expect(cell(3, "Birthday").value).toBe("--03-14");
    expect(cell(2, "Phone").value).toBe("+442079460182");
    expect(cell(2, "Phone").numFmt).toBe("@");
    expect(cell(2, "Postcode").value).toBe("01067");
    expect(sheet.views[0]).toMatchObject({ state: "frozen", ySplit: 1 });
    expect(sheet.getColumn(head.indexOf("Notes")).width).toBe(40);
  });

  test("as vCards say all there is in version 4.0", async () => {
    const scope = await given.scope(engine);
    const { id } = await given.contact(scope, {
      birthday: "--03-14",
      emails: [{ value: "f@adebayo.example", label: "work" }],
      phones: [{ value: "+442079460182", label: "Sister" }],
      tags: ["client", "trustee"],
    });
    const cards = String(await exported(scope, "", "vcard"));
    for (const line of [
      "BEGIN:VCARD\r\nVERSION:4.0\r\nPRODID:-//Tallybook//Tallybook//EN\r\nKIND:individual\r\nFN:Folasade Adebayo\r\nN:Adebayo;Folasade;;;\r\n",
      "\r\nEMAIL;TYPE=work;PREF=1:f@adebayo.example\r\n",
      "\r\nitem6.X-ABLabel:Sister\r\n",
      "\r\nBDAY:--0314\r\n",
      "\r\nCATEGORIES:client,trustee\r\n",
      `\r\nUID:urn:uuid:${id}\r\n`,
    ]) {
      expect(cards).toContain(line);
    }
  });

  test("of who sees only their own contacts hold only those", async () => {
    const scope = await given.scope(engine, "user");
    const own: Scope = { ...scope, ownOnly: true };
    await given.contact(scope, { familyName: "Mine" });
    const { id } = await given.contact(scope, { familyName: "Others" });
    await assignOwner({ ...scope, role: "admin" }, [id], null);
    const text = String(await exported(own));
    expect(text).toContain("Mine");
    expect(text).not.toContain("Others");
  });

  test("leave one file, however often the work is taken up", async () => {
    const scope = await given.scope(engine);
    for (let n = 0; n < 3; n++) await given.contact(scope);
    const exportId = await asked(scope);
    const killed = new AbortController();
    killed.abort();
    await expect(makeExport(scope, exportId, killed.signal)).rejects.toThrow();
    // As if the worker had died between the file's end and that of the export.
    await makeExport(scope, exportId, never);
    const fields = { state: "running" as const };
    await scope.db
      .updateTable("exports")
      .set(fields)
      .where("account_id", "=", scope.account.id)
      .where("id", "=", exportId)
      .execute();
    await makeExport(scope, exportId, never);
    await makeExport(scope, exportId, never);
    expect(await countFiles(scope)).toBe(1);
    expect(await findExport(scope, exportId)).toMatchObject({ state: "done", rows: 3 });
  });

  test("are not made for who may no longer export", async () => {
    const scope = await given.scope(engine, "user");
    const exportId = await asked(scope);
    const userId = scope.user?.id ?? "";
    await setMembership(await systemScope(job(scope), scope.account.id), { userId, role: "viewer" });
    await exportContacts({ accountId: scope.account.id, exportId }, job(scope));
    expect(await findExport(scope, exportId)).toMatchObject({
      state: "failed",
      problem: "Folasade Adebayo may no longer export contacts here.",
    });
    expect(await countFiles(scope)).toBe(0);
  });

  test("are gone a day later, with their files; what no job goes on with is given up", async () => {
    const clock = testClock();
    const scope = await given.scope(engine, "admin", { clock });
    await exported(scope);
    const waiting = await asked(scope);
    await sweepExports(scope);
    expect((await findExport(scope, waiting))?.state).toBe("waiting");
    await scope.database.unguarded
      .updateTable("exports")
      .set({ id: scope.account.id })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", waiting)
      .execute();
    await sweepExports(scope);
    expect((await findExport(scope, scope.account.id))?.state).toBe("failed");
    clock.advance(DAY_MS);
    expect(await listExports(scope)).toEqual([]);
    await sweepExports(scope);
    expect(await countFiles(scope)).toBe(0);
  });

  test("are for whoever asked and for admins", async () => {
    const scope = await given.scope(engine, "user");
    await exported(scope);
    const [found] = await listExports(scope);
    if (!found) throw new Error("There is one");
    const other = { id: scope.account.id, name: "Ben Okafor", email: "ben@okafor.example" };
    expect(mayDownload(scope, found)).toBe(true);
    expect(mayDownload({ user: other, role: "user" }, found)).toBe(false);
    expect(mayDownload({ user: other, role: "admin" }, found)).toBe(true);
    expect(mayDownload(scope, { ...found, fileId: null })).toBe(false);
  });

  test("are told of where whoever asked may have left meanwhile, and in any case where they failed", async () => {
    const clock = testClock();
    const scope = await given.scope(engine, "user", { clock });
    const told = async () => (await listNotices(scope)).map(({ title }) => title);
    await given.contact(scope);
    await exported(scope);
    const soon = await asked(scope);
    clock.advance(29_000);
    await makeExport(scope, soon, never);
    expect(await told()).toEqual([]);
    const late = await asked(scope);
    clock.advance(30_000);
    await makeExport(scope, late, never);
    expect(await told()).toEqual(["Your export of a contact is ready"]);
    await giveUpExport(scope, await asked(scope));
    expect(await told()).toEqual(["Your export failed", "Your export of a contact is ready"]);
  });
});
