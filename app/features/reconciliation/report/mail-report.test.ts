/** Reports by mail: to whom, after which comparison, and each once. On both databases. */
import { describe, expect, test } from "vitest";
import { addRecipient, type HowOften } from "~/features/reconciliation/report/recipients.server";
import { mailReportNow } from "~/features/reconciliation/report/mail-report.server";
import { carryOut } from "~/features/reconciliation/runs/carry-out.server";
import { fromJson } from "~/platform/db/json.server";
import { unseal } from "~/platform/encryption.server";
import { type DialectName } from "~/platform/db/database.server";
import { mailHtml, mailText } from "~/platform/mail/mail-text.server";
import { bodyPlace, type MailBody } from "~/platform/mail/write-mail.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given, type TestClock, testClock } from "~/testing/given";
import { askedFor, compareNow, keepShop, reconciliation } from "~/testing/given-comparisons";
import { purchase, shopOrder } from "~/testing/given-shop";

const days = { firstDay: "2026-05-01", lastDay: "2026-05-31" };
const people: Record<HowOften, string> = { each: "Ada Kiln", week: "Ben Clay", month: "Cora Glaze" };

/** A shop with one of two orders missing, and a list with one person of each kind. It is Wednesday, 10 June 2026. */
async function shop(engine: DialectName) {
  const scope = await given.scope(engine, "admin", { clock: testClock("2026-06-10T09:00:00.000Z") });
  const rows = [
    purchase(1001),
    purchase(1, { id: "first", transactionId: "T-1", at: "2026-05-01T09:00:00.000Z" }),
    purchase(2, { id: "last", transactionId: "T-2", at: "2026-05-31T09:00:00.000Z" }),
  ];
  await keepShop(scope, { orders: [shopOrder(1001), shopOrder(1002, { total: 4444n })], rows });
  const id = await reconciliation(scope, { name: "Pottery in Bath" });
  for (const often of ["each", "week", "month"] as const) {
    const email = `${often}@kiln.example`;
    expect(await addRecipient(scope, id, { name: people[often], email, often })).toEqual({ ok: true });
  }
  return { scope, id };
}

function byItsSchedule(scope: Scope, id: string): Promise<string> {
  return compareNow({ ...scope, user: null }, id, days);
}

async function mailed(scope: Scope): Promise<string[]> {
  const rows = await scope.database.unguarded
    .selectFrom("mails")
    .select("to_address")
    .where("account", "=", scope.account.id)
    .orderBy("id")
    .execute();
  return rows.map(({ to_address }) => to_address.replace("@kiln.example", ""));
}

describe.each(databases)("reports by mail on %s", (engine) => {
  test("go to each as often as they want them, after comparisons by schedule alone", async () => {
    const { scope, id } = await shop(engine);
    const clock = scope.clock as TestClock;
    await compareNow(scope, id, days);
    expect(await mailed(scope)).toEqual([]);
    await byItsSchedule(scope, id);
    expect(await mailed(scope)).toEqual(["each", "week", "month"]);
    const on = async (instant: string) => {
      const before = (await mailed(scope)).length;
      clock.set(instant);
      await byItsSchedule(scope, id);
      return (await mailed(scope)).slice(before);
    };
    // Sunday, by the clocks of the account; then Monday; then the first of July.
    expect(await on("2026-06-14T09:00:00.000Z")).toEqual(["each"]);
    expect(await on("2026-06-15T09:00:00.000Z")).toEqual(["each", "week"]);
    expect(await on("2026-07-01T09:00:00.000Z")).toEqual(["each", "week", "month"]);
  });

  test("go to each once for a run, however often one presses, and though a worker takes it up again", async () => {
    const { scope, id } = await shop(engine);
    const runId = await askedFor({ ...scope, user: null }, id, days);
    const world = { providers: new Map(), signal: new AbortController().signal };
    await carryOut(scope, runId, world);
    await carryOut(scope, runId, world);
    expect(await mailReportNow(scope, id, runId)).toBe(0);
    await addRecipient(scope, id, { name: "Dan Wheel", email: "dan@kiln.example", often: "month" });
    expect(await Promise.all([mailReportNow(scope, id, runId), mailReportNow(scope, id, runId)])).toEqual(
      expect.arrayContaining([1, 0]),
    );
    expect(await mailed(scope)).toEqual(["each", "week", "month", "dan"]);
  });

  test("say the key figures and lead to a link of their own, as text and as HTML", async () => {
    const { scope, id } = await shop(engine);
    await byItsSchedule(scope, id);
    const mails = await scope.database.unguarded
      .selectFrom("mails")
      .selectAll()
      .where("account", "=", scope.account.id)
      .orderBy("id")
      .execute();
    const bodies = mails.map((mail) => fromJson<MailBody>(unseal(scope.keys, bodyPlace(mail.id), mail.body ?? "")));
    const [first] = bodies;
    if (!first) throw new Error("There is no mail");
    const around = { toName: "Ada Kiln", subject: mails[0]?.subject ?? "", appOrigin: "https://tallybook.example" };
    expect(around.subject).toBe("Pottery in Bath, 1 May 2026 – 31 May 2026");
    const text = mailText(first, around);
    expect(text).toContain("Of 2 orders that could have been tracked, 1 was: 50.0%.");
    expect(text).toContain("Missing amount: £44.44");
    expect(text).toMatch(/Read the report:\nhttps:\/\/tallybook\.example\/report\/[\w-]{65}\n/);
    expect(text).toContain("The link works until 10 Jul 2026");
    expect(mailHtml(first, around)).toContain("Missing amount: £44.44");
    expect(new Set(bodies.map(({ link }) => link?.path)).size).toBe(3);
  });
});
