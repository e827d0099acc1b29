import { describe, expect, test } from "vitest";
import { imported, refusedWorkbook } from "~/testing/corrected";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";

describe.each(databases)("dates in corrected rows on %s", (engine) => {
  test("a real date in a cell of the workbook of refused rows is a day, be it shown as one or as the number of a text cell", async () => {
    const scope = await given.scope(engine);
    await given.field(scope, { name: "Signed", type: "date", choices: [] });
    const people = ["Ann Okafor", "Ben Okafor", "Cay Okafor"].map((name) => `${name},31.02.1958,soon\n`);
    const first = await imported(scope, `Name,Birthday,Signed\n${people.join("")}`);
    const workbook = await refusedWorkbook(scope, first.id);
    const page = workbook.worksheets[0]!;
    const put = (at: string, day: string, format?: string) => {
      page.getCell(at).value = new Date(day);
      if (format) page.getCell(at).style = { numFmt: format };
    };
    put("F2", "1958-03-14");
    put("F3", "1958-03-14", "dd/mm/yyyy");
    page.getCell("F4").value = "14.3.1958";
    for (const at of ["G2", "G3", "G4"]) put(at, "2024-02-29");
    expect([page.getCell("F2").numFmt, page.getCell("F3").numFmt]).toEqual(["@", "dd/mm/yyyy"]);
    const second = await imported(first.scope, Buffer.from(await workbook.xlsx.writeBuffer()), "refused.xlsx");
    expect(second.counts).toMatchObject({ read: 3, created: 3 });
    const rows = await scope.db
      .selectFrom("contacts")
      .select(["birthday", "custom_values"])
      .where("account_id", "=", scope.account.id)
      .execute();
    expect(rows.map(({ birthday }) => birthday)).toEqual(Array(3).fill("1958-03-14"));
    for (const { custom_values: own } of rows) expect(own).toContain("2024-02-29");
    // In any other file a number is no day.
    const other = await imported(second.scope, "Name,Birthday\nDee Okafor,21258\n");
    expect(other.counts).toMatchObject({ refused: 1 });
  });
});
