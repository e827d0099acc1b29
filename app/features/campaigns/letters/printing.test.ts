import exceljs from "exceljs";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import printLetters from "../../../../jobs/print-letters";
import { undoing } from "~/composition.server";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import {
  discardPrint,
  askForPrint,
  findPrint,
  openPrint,
  type PrintWish,
} from "~/features/campaigns/letters/print-runs.server";
import { giveUpPrint, makePrint, sweepPrints } from "~/features/campaigns/letters/make-print.server";
import { findLetter } from "~/features/campaigns/letters/find-letters.server";
import { readRecipientToken } from "~/features/campaigns/recipient-link.server";
import { confirmPrinted, continueMarking, markSome } from "~/features/campaigns/letters/mark-printed.server";
import { setCampaignArchived } from "~/features/campaigns/save-campaign.server";
import { readCode } from "~/features/campaigns/code";
import { addContacts } from "~/features/campaigns/recipients/add-recipients.server";
import { countLeftOut } from "~/features/campaigns/recipients/list-recipients.server";
import { undoChangeSet } from "~/features/changes/undo.server";
import { markDoNotContact } from "~/features/contacts/consent/do-not-contact.server";
import { type ContactValues } from "~/features/contacts/contact";
import { deleteContacts } from "~/features/contacts/deletion/delete-contacts.server";
import { forgetContacts } from "~/features/campaigns/recipients/forget-contacts.server";
import { removeDeleted } from "~/features/contacts/deletion/remove-contacts.server";
import { suppress } from "~/features/contacts/suppression/suppressions.server";
import { changeSettings } from "~/features/accounts/settings.server";
import { listNotices } from "~/features/notices/notices.server";
import { type Scope } from "~/platform/scope.server";
import { DAY_MS, MINUTE_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { plan } from "~/testing/given-campaigns";
import { bytesOf, pagesOfPdf } from "~/testing/text-of-pdf";

const never = new AbortController().signal;
const origin = "https://ledger.brandt.example";
const letters: PrintWish = { kind: "letters", who: "not-printed", options: {} };

const at = (street: string) => ({
  ...{ label: null, street, city: "London", region: null, postalCode: "E8 4QN", country: "GB" },
});

async function person(scope: Scope, givenName: string, values: Partial<ContactValues> = {}): Promise<string> {
  const addresses = [at(`${givenName} Row 14`)];
  return (await given.contact(scope, { givenName, familyName: "Adebayo", addresses, ...values })).id;
}

async function planned(scope: Scope, names: readonly string[]) {
  const campaignId = await plan(scope, "letter", { body: "Is all well, {{first name}}?", codePrefix: "SPR26" });
  const ids: string[] = [];
  for (const name of names) ids.push(await person(scope, name));
  await addContacts(scope, campaignId, ids);
  return { campaignId, ids };
}

async function asked(scope: Scope, campaignId: string, wish: PrintWish = letters): Promise<string> {
  const result = await askForPrint(scope, campaignId, wish);
  if (!result.ok) throw new Error(result.reason);
  return result.runId;
}

async function made(scope: Scope, campaignId: string, wish: PrintWish = letters) {
  const runId = await asked(scope, campaignId, wish);
  await makePrint(scope, runId, { origin, signal: never });
  return { runId, bytes: await fileOf(scope, campaignId, runId) };
}

async function fileOf(scope: Scope, campaignId: string, runId: string): Promise<Buffer> {
  const run = await findPrint(scope, campaignId, runId);
  const file = run && (await openPrint(scope, "Spring review 2026", run));
  if (!file) throw new Error(`There is no file: ${run?.state}`);
  return bytesOf(file.bytes);
}

const greeted = (pages: readonly string[]) => pages.flatMap((page) => /Dear (\S+)/.exec(page)?.[1] ?? []);

describe.each(databases)("printing letters on %s", (engine) => {
  test("makes a letter for each who is written to, and nobody counts as written to before somebody says so", async () => {
    const scope = await given.scope(engine);
    await changeSettings(scope, { postalAddress: "Sägewerkstraße 4\n01067 Dresden" });
    const { campaignId } = await planned(scope, ["Folasade", "Kemi", "Tunde"]);
    const { runId, bytes } = await made(scope, campaignId);
    const pages = await pagesOfPdf(bytes);
    expect(greeted(pages)).toEqual(["Folasade", "Kemi", "Tunde"]);
    const codes = pages.map((page) => /type (SPR26-\w{6}) at/.exec(page)?.[1] ?? "");
    expect(codes.map((code) => readCode(code).ok)).toEqual([true, true, true]);
    expect(new Set(codes).size).toBe(3);
    expect(await findPrint(scope, campaignId, runId)).toMatchObject({ state: "ready", letters: 3, leftOut: 0 });
    expect(await findCampaign(scope, campaignId)).toMatchObject({ state: "draft", reached: 0 });

    const confirmed = await confirmPrinted(scope, campaignId, runId);
    expect(confirmed).toMatchObject({ ok: true, isDone: true, marked: 3 });
    expect(await findCampaign(scope, campaignId)).toMatchObject({ state: "running", reached: 3 });
    expect(await confirmPrinted(scope, campaignId, runId)).toMatchObject({ ok: true, isDone: true });
    expect(await findCampaign(scope, campaignId)).toMatchObject({ reached: 3 });

    const changeSetId = confirmed.ok ? (confirmed.changeSetId ?? "") : "";
    expect(await undoChangeSet(scope, changeSetId, undoing)).toMatchObject({ ok: true });
    expect(await findCampaign(scope, campaignId)).toMatchObject({ reached: 0 });
    // Its file is there to be printed, or to be thrown away: then they are printed anew, with the same codes.
    expect(await findPrint(scope, campaignId, runId)).toMatchObject({ state: "ready", endedAt: null, endedBy: null });
    expect(await discardPrint(scope, campaignId, runId)).toEqual({ ok: true });
    const again = await pagesOfPdf((await made(scope, campaignId)).bytes);
    expect(again.map((page) => /type (SPR26-\w{6}) at/.exec(page)?.[1])).toEqual(codes);
  });

  test("is a question again after an undo, and none any more when that is undone", async () => {
    const scope = await given.scope(engine);
    const { campaignId, ids } = await planned(scope, ["Folasade", "Kemi"]);
    const { runId } = await made(scope, campaignId);
    const confirmed = await confirmPrinted(scope, campaignId, runId);
    const undone = await undoChangeSet(scope, confirmed.ok ? (confirmed.changeSetId ?? "") : "", undoing);
    // For one who has a letter of their own meanwhile, it is that which counts.
    const one = await made(scope, campaignId, { ...letters, who: "one", contactId: ids[1] });
    await undoChangeSet(scope, "changeSetId" in undone ? (undone.changeSetId ?? "") : "", undoing);
    expect(await findPrint(scope, campaignId, runId)).toMatchObject({
      ...{ state: "printed", endedBy: scope.user?.name },
    });
    expect(await findPrint(scope, campaignId, one.runId)).toMatchObject({ state: "ready", endedAt: null });
    expect(await findCampaign(scope, campaignId)).toMatchObject({ reached: 2 });
  });

  test("tells whoever asked that the file is ready, or that it failed, unless they are still waiting at its page", async () => {
    const clock = testClock();
    const scope = await given.scope(engine, "user", { clock });
    const { campaignId } = await planned(scope, ["Folasade", "Kemi"]);
    await made(scope, campaignId);
    expect(await listNotices(scope)).toEqual([]);
    const [long, failed] = [{ ...letters, who: "all" } as const, { ...letters, kind: "merge-csv" } as const];
    const runId = await asked(scope, campaignId, long);
    clock.advance(MINUTE_MS);
    await makePrint(scope, runId, { origin, signal: never });
    const failedId = await asked(scope, campaignId, failed);
    await giveUpPrint(scope, failedId);
    await giveUpPrint(scope, failedId);
    const here = `/${scope.account.slug}/campaigns/${campaignId}/letters`;
    expect(await listNotices(scope)).toMatchObject([
      { title: "The file of addresses of “Spring review 2026” could not be made", href: `${here}/${failedId}` },
      { title: "The letters of “Spring review 2026” are ready, for 2 recipients", href: `${here}/${runId}` },
    ]);
  });

  test("puts nobody into two files that wait, and a file that is thrown away frees its letters", async () => {
    const scope = await given.scope(engine);
    const { campaignId } = await planned(scope, ["Folasade", "Kemi"]);
    const first = await made(scope, campaignId);
    await addContacts(scope, campaignId, [await person(scope, "Tunde")]);
    const second = await made(scope, campaignId);
    expect(greeted(await pagesOfPdf(second.bytes))).toEqual(["Tunde"]);
    expect(await discardPrint(scope, campaignId, first.runId)).toEqual({ ok: true });
    expect(await confirmPrinted(scope, campaignId, first.runId)).toEqual({ ok: false, reason: "not-ready" });
    expect(await confirmPrinted(scope, campaignId, second.runId)).toMatchObject({ ok: true, marked: 1 });
    expect(await discardPrint(scope, campaignId, second.runId)).toEqual({ ok: false, reason: "is-printed" });
    const third = await made(scope, campaignId);
    expect(greeted(await pagesOfPdf(third.bytes))).toEqual(["Folasade", "Kemi"]);
    const fourth = await made(scope, campaignId);
    expect((await pagesOfPdf(fourth.bytes)).join("")).toContain("There is nobody to write to.");
  });

  test("leaves out, and says so, whom a last look at each forbids: asked not to, suppressed; and whoever is erased", async () => {
    const clock = testClock();
    const scope = await given.scope(engine, "admin", { clock });
    const { campaignId, ids } = await planned(scope, ["Folasade", "Kemi", "Tunde", "Bola"]);
    await markDoNotContact(scope, ids[1] ?? "", { channels: ["letter"], reason: "asked us to stop" });
    await suppress(scope, {
      ...{ channel: "address", value: "Tunde Row 14 E8 4QN London", reason: "bad-address", source: "person" },
    });
    await deleteContacts(scope, [ids[3] ?? ""]);
    clock.advance(31 * DAY_MS);
    await removeDeleted(scope, never, { along: forgetContacts });
    const { runId, bytes } = await made(scope, campaignId);
    expect(greeted(await pagesOfPdf(bytes))).toEqual(["Folasade"]);
    expect(await findPrint(scope, campaignId, runId)).toMatchObject({ letters: 1, leftOut: 2 });
    expect(await countLeftOut(scope, campaignId)).toEqual(
      expect.arrayContaining([
        { reason: "do-not-contact", count: 1, answered: 0 },
        { reason: "suppressed", count: 1, answered: 0 },
        { reason: "erased", count: 1, answered: 0 },
      ]),
    );
    await confirmPrinted(scope, campaignId, runId);
    expect(await findCampaign(scope, campaignId)).toMatchObject({ reached: 1 });
  });

  test("writes one letter to a household, with both names", async () => {
    const scope = await given.scope(engine);
    const campaignId = await plan(scope, "letter", { body: "Is all well?" });
    const home = { addresses: [at("14 Kiln Row")] };
    await addContacts(scope, campaignId, [await person(scope, "Folasade", home), await person(scope, "Kemi", home)]);
    const pages = await pagesOfPdf((await made(scope, campaignId)).bytes);
    expect(pages).toHaveLength(1);
    expect(pages[0]).toContain("Folasade Adebayo\nKemi Adebayo\n14 Kiln Row");
    expect(pages[0]).toContain("Dear Folasade and Kemi Adebayo,");
  });

  test("that was killed begins its file anew, with nobody twice and nobody lost", async () => {
    const scope = await given.scope(engine);
    const { campaignId } = await planned(scope, ["Folasade", "Kemi", "Tunde"]);
    const runId = await asked(scope, campaignId);
    const killed = new AbortController();
    killed.abort();
    await expect(makePrint(scope, runId, { origin, signal: killed.signal })).rejects.toThrow();
    await makePrint(scope, runId, { origin, signal: never });
    await makePrint(scope, runId, { origin, signal: never });
    expect(greeted(await pagesOfPdf(await fileOf(scope, campaignId, runId)))).toHaveLength(3);
    const files = await scope.db.selectFrom("files").select("id").where("account_id", "=", scope.account.id).execute();
    expect(files).toHaveLength(1);
    expect(await findPrint(scope, campaignId, runId)).toMatchObject({ state: "ready", letters: 3 });
  });

  test("goes on marking where it was cut off, as one change", async () => {
    const scope = await given.scope(engine);
    const { campaignId } = await planned(scope, ["Folasade", "Kemi"]);
    const { runId } = await made(scope, campaignId);
    const confirmed = await confirmPrinted(scope, campaignId, runId);
    const changeSetId = confirmed.ok ? (confirmed.changeSetId ?? "") : "";
    // As if it had been killed after the first of them.
    const runs = scope.db.updateTable("print_runs").where("account_id", "=", scope.account.id).where("id", "=", runId);
    await runs.set({ state: "marking" }).execute();
    const recipients = scope.db.updateTable("recipients").where("account_id", "=", scope.account.id);
    await recipients
      .set({ delivery: "none" })
      .where("print_run_id", "=", runId)
      .where("name_key", "like", "%kemi%")
      .execute();
    await continueMarking(scope, runId, never);
    expect(await findPrint(scope, campaignId, runId)).toMatchObject({ state: "printed", changeSetId });
    expect(await markSome(scope, runId)).toBe(0);
  });

  test("is not marked on when it is undone in the middle of that", async () => {
    const scope = await given.scope(engine);
    const { campaignId } = await planned(scope, ["Folasade", "Kemi"]);
    const { runId } = await made(scope, campaignId);
    const confirmed = await confirmPrinted(scope, campaignId, runId);
    const runs = scope.db.updateTable("print_runs").where("account_id", "=", scope.account.id).where("id", "=", runId);
    await runs.set({ state: "marking" }).execute();
    await undoChangeSet(scope, confirmed.ok ? (confirmed.changeSetId ?? "") : "", undoing);
    await continueMarking(scope, runId, never);
    expect(await findPrint(scope, campaignId, runId)).toMatchObject({ state: "ready", endedAt: null });
    expect(await findCampaign(scope, campaignId)).toMatchObject({ reached: 0 });
  });

  test("labels begin where the sheet does, on as many sheets as it takes", async () => {
    const scope = await given.scope(engine);
    const { campaignId } = await planned(scope, ["Folasade", "Kemi", "Tunde"]);
    const wish: PrintWish = { kind: "labels", who: "all", options: { sheet: "l7160", start: 20 } };
    const pages = await pagesOfPdf((await made(scope, campaignId, wish)).bytes);
    expect(pages.map((page) => page.match(/Adebayo/g)?.length)).toEqual([2, 1]);
    // They say nothing of letters.
    expect(greeted(await pagesOfPdf((await made(scope, campaignId)).bytes))).toHaveLength(3);
  });

  test("mail-merge files have a line a letter, and run no formula", async () => {
    const scope = await given.scope(engine);
    const campaignId = await plan(scope, "letter", { body: "Is all well?" });
    const id = (await given.contact(scope, { typedName: "=1+1", addresses: [at("14 Kiln Row")] })).id;
    await addContacts(scope, campaignId, [id]);
    const csv = await made(scope, campaignId, { kind: "merge-csv", who: "all", options: {} });
    const [head = [], line = []] = parse(csv.bytes, { bom: true }) as unknown as string[][];
    const cell = (name: string) => line[head.indexOf(name)];
    expect(cell("Name")).toBe("'=1+1");
    expect(cell("Salutation")).toBe("Dear =1+1,");
    expect(cell("Address line 2")).toBe("14 Kiln Row");
    expect(readCode(cell("Code") ?? "").ok).toBe(true);
    expect(cell("Link")).toMatch(/^https:\/\/ledger\.brandt\.example\/r\/[\w-]{80}$/);
    const xlsx = await made(scope, campaignId, { kind: "merge-xlsx", who: "not-printed", options: {} });
    const book = new exceljs.Workbook();
    const { buffer, byteOffset, length } = xlsx.bytes;
    await book.xlsx.load(buffer.slice(byteOffset, byteOffset + length) as ArrayBuffer);
    expect(book.worksheets[0]?.getRow(2).getCell(1).value).toBe("=1+1");
    expect(await confirmPrinted(scope, campaignId, csv.runId)).toEqual({ ok: false, reason: "not-ready" });
    expect(await confirmPrinted(scope, campaignId, xlsx.runId)).toMatchObject({ ok: true, marked: 1 });
  });

  test("one letter again is for whoever has had theirs, too", async () => {
    const scope = await given.scope(engine);
    const { campaignId, ids } = await planned(scope, ["Folasade", "Kemi"]);
    await confirmPrinted(scope, campaignId, (await made(scope, campaignId)).runId);
    const one = await made(scope, campaignId, { ...letters, who: "one", contactId: ids[1] });
    expect(greeted(await pagesOfPdf(one.bytes))).toEqual(["Kemi"]);
    expect(await confirmPrinted(scope, campaignId, one.runId)).toMatchObject({
      ok: true,
      isDone: true,
      changeSetId: null,
    });
  });

  test("that is only looked at carries nobody's link and code, also of whoever has theirs", async () => {
    const scope = await given.scope(engine);
    const { campaignId, ids } = await planned(scope, ["Folasade"]);
    const { runId } = await made(scope, campaignId);
    await confirmPrinted(scope, campaignId, runId);
    const campaign = await findCampaign(scope, campaignId);
    const { letter } = await findLetter(scope, campaign!, { chosen: { contactId: ids[0] ?? "" }, origin });
    expect(letter?.address).toContain("Folasade Row 14");
    expect(readCode(letter?.code ?? "")).toEqual({ ok: false, reason: "wrong-check" });
    const token = letter?.link.split("/r/")[1] ?? "";
    expect(readRecipientToken(scope.keys, token)).toMatchObject({ campaignId, contactId: campaignId });
  });

  test("is asked for once at a time, of letters only, not of what is archived, and made for who may", async () => {
    const scope = await given.scope(engine);
    const { campaignId } = await planned(scope, ["Folasade"]);
    const runId = await asked(scope, campaignId);
    expect(await askForPrint(scope, campaignId, letters)).toEqual({ ok: false, reason: "at-work" });
    expect(await askForPrint(scope, await plan(scope, "email"), letters)).toEqual({ ok: false, reason: "no-letters" });
    const archived = await plan(scope, "letter");
    await setCampaignArchived(scope, archived, true);
    expect(await askForPrint(scope, archived, letters)).toEqual({ ok: false, reason: "archived" });
    const job = given.job({ ...scope, kind: "installation", db: scope.database.forInstallation() });
    await printLetters({ accountId: scope.account.id, runId }, job);
    expect(await findPrint(scope, campaignId, runId)).toMatchObject({ state: "ready" });
    const other = await given.scope(engine);
    expect(await confirmPrinted(other, campaignId, runId)).toEqual({ ok: false, reason: "not-found" });
  });

  test("files go after a week, the claim of their letters stays; what failed is free again", async () => {
    const clock = testClock();
    const scope = await given.scope(engine, "admin", { clock });
    const { campaignId } = await planned(scope, ["Folasade"]);
    const failed = await asked(scope, campaignId);
    await giveUpPrint(scope, failed);
    expect(await findPrint(scope, campaignId, failed)).toMatchObject({ state: "failed" });
    const { runId } = await made(scope, campaignId);
    clock.advance(7 * DAY_MS);
    await sweepPrints(scope);
    expect(await findPrint(scope, campaignId, runId)).toMatchObject({ state: "ready", fileId: null, letters: 1 });
    const next = await made(scope, campaignId);
    expect((await pagesOfPdf(next.bytes)).join("")).toContain("There is nobody to write to.");
    expect(await confirmPrinted(scope, campaignId, runId)).toMatchObject({ ok: true, marked: 1 });
  });
});
