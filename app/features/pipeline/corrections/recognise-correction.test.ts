/** A file of refused rows is known by its first key, for which it is read as far as whoever waits for it can wait. */
import { describe, expect, test } from "vitest";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { recogniseCorrection } from "~/features/pipeline/corrections/recognise-correction.server";
import { storeFile } from "~/platform/files.server";
import { type Scope } from "~/platform/scope.server";
import { csvOf, imported, refusedSheet, type Sheet, upload } from "~/testing/corrected";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";

const reading = { format: "csv", encoding: "utf-8", delimiter: ",", hasHeader: true } as const;

async function* once(text: string) {
  yield await Promise.resolve(Buffer.from(text));
}

async function recognised(scope: Scope, sheet: Sheet, budget?: { rows: number; seconds: number }) {
  const file = { name: "refused.csv", mediaType: "text/csv", maxBytes: 10_000_000 };
  const stored = await storeFile(scope, once(csvOf(sheet)), file);
  if (!stored.ok) throw new Error(stored.reason);
  return recogniseCorrection(
    scope,
    contactSubject,
    { fileId: stored.file.id, columns: sheet[0] ?? [], reading },
    budget,
  );
}

const tooFar = {
  ok: false,
  reason: expect.stringMatching(
    /nothing stands in it for a very long way.*Nothing was stored.*take that column out/s,
  ) as string,
};

describe.each(databases)("the first key of a file, on %s", (engine) => {
  test("is looked for so far and no further, and then it is said what to do", async () => {
    const scope = await given.scope(engine, "admin");
    const first = await imported(scope, "Name,E-Mail\nAnn Okafor,ann@@okafor.example\n");
    const [head = [], row = []] = await refusedSheet(scope, first.id);
    const fresh = row.with(-1, "");
    const sheet = [head, fresh, fresh, row];
    expect(await recognised(scope, sheet, { rows: 3, seconds: 60 })).toMatchObject({ ok: true });
    expect(await recognised(scope, sheet, { rows: 2, seconds: 60 })).toEqual(tooFar);
    expect(await recognised(scope, sheet, { rows: 3, seconds: -1 })).toEqual(tooFar);
    expect(await recognised(scope, [head, fresh], { rows: 2, seconds: 60 })).toBeNull();
    // Keys that were changed are told of as such, however many follow.
    const changed = [head, row.with(-1, "row-17"), fresh, fresh];
    expect(await recognised(scope, changed, { rows: 2, seconds: 60 })).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/not of an import of this account/) as string,
    });
  });

  test("is not looked for in vain through a whole long file, which is not kept", async () => {
    const scope = await given.scope(engine, "admin");
    const rows = Array.from({ length: 20_001 }, (_, at) => [`Ann ${at}`, ""]);
    expect(await upload(scope, csvOf([["Name", "Tallybook row"], ...rows]))).toEqual(tooFar);
    const files = scope.db.selectFrom("files").select("id").where("account_id", "=", scope.account.id);
    expect(await files.execute()).toEqual([]);
  });

  test("may stand before a place where the file cannot be read: that is said, and is no fault of ours", async () => {
    const scope = await given.scope(engine, "admin");
    const rows = Array.from({ length: 1_500 }, (_, at) => `Ann ${at},`).join("\n");
    const sent = await upload(scope, `Name,Tallybook row\n${rows}\n"never closed,\n`);
    expect(sent).toMatchObject({ ok: false, reason: expect.stringMatching(/quotation mark/) as string });
  });
});
