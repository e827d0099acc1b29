import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { undoing } from "~/composition.server";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { confirmPrinted } from "~/features/campaigns/letters/mark-printed.server";
import { makePrint } from "~/features/campaigns/letters/make-print.server";
import { askForPrint } from "~/features/campaigns/letters/print-runs.server";
import { recordReturned } from "~/features/campaigns/letters/returned.server";
import { readTypedCodes } from "~/features/campaigns/letters/typed-codes";
import { recipientToken } from "~/features/campaigns/recipient-link.server";
import { addContacts } from "~/features/campaigns/recipients/add-recipients.server";
import { undoChangeSet } from "~/features/changes/undo.server";
import { isSuppressed } from "~/features/contacts/suppression/suppressed.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { plan } from "~/testing/given-campaigns";

const never = new AbortController().signal;

/** Letters to these that are printed, or only in a file; their codes by name. */
async function sent(scope: Scope, names: readonly string[], { printed = true } = {}) {
  const campaignId = await plan(scope, "letter", { body: "Is all well?", codePrefix: "SPR26" });
  const ids = [];
  for (const name of names) {
    const address = {
      label: null,
      street: `${name} Row 14`,
      city: "London",
      region: null,
      postalCode: "E8 4QN",
      country: "GB",
    };
    ids.push((await given.contact(scope, { givenName: name, familyName: "Adebayo", addresses: [address] })).id);
  }
  await addContacts(scope, campaignId, ids);
  const asked = await askForPrint(scope, campaignId, { kind: "letters", who: "not-printed", options: {} });
  if (!asked.ok) throw new Error(asked.reason);
  await makePrint(scope, asked.runId, { origin: "https://ledger.example", signal: never });
  if (printed) await confirmPrinted(scope, campaignId, asked.runId);
  const rows = await scope.db
    .selectFrom("recipients")
    .select(["contact_id", "code"])
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .execute();
  const codes = new Map(rows.map(({ contact_id, code }) => [contact_id, code ?? ""]));
  return { campaignId, codes: ids.map((id) => codes.get(id) ?? "") };
}

describe.each(databases)("a letter that came back, on %s", (engine) => {
  test("is known by its code, however it is typed; its address is bad, and all of it is undone", async () => {
    const scope = await given.scope(engine);
    const { campaignId, codes } = await sent(scope, ["Folasade", "Kemi"]);
    const [code = ""] = codes;
    const result = await recordReturned(scope, ` spr26-${code.slice(0, 3)} ${code.slice(3).toLowerCase()} `);
    expect(result).toMatchObject({
      taken: [{ name: "Folasade Adebayo", campaign: "Spring review 2026" }],
      refused: [],
    });
    expect(await findCampaign(scope, campaignId)).toMatchObject({ reached: 1, failed: 1 });
    expect(await isSuppressed(scope, "address", "Folasade Row 14 E8 4QN London")).toBe(true);
    const link = `https://ledger.example/r/${recipientToken(scope.keys, {
      accountId: scope.account.id,
      campaignId,
      contactId: result.taken[0]?.contactId ?? "",
    })}`;
    expect((await recordReturned(scope, link)).refused).toMatchObject([{ reason: "already" }]);
    expect((await recordReturned(scope, `${link}x`)).refused).toMatchObject([{ reason: "unknown" }]);
    const again = await plan(scope, "letter", { body: "Is all well?" });
    const contactId = result.taken[0]?.contactId ?? "";
    await addContacts(scope, again, [contactId]);
    expect(await findCampaign(scope, again)).toMatchObject({ listed: 1, leftOut: 1 });

    expect(await undoChangeSet(scope, result.changeSetId ?? "", undoing)).toMatchObject({ ok: true });
    expect(await findCampaign(scope, campaignId)).toMatchObject({ reached: 2, failed: 0 });
    expect(await isSuppressed(scope, "address", "Folasade Row 14 E8 4QN London")).toBe(false);
  });

  test("among many codes the good ones are taken, and each other is told with why", async () => {
    const { scope, other } = await given.twoAccounts(engine);
    const { codes } = await sent(scope, ["Folasade", "Kemi", "Tunde"]);
    const theirs = await sent(other, ["Bola"]);
    const waiting = await sent(scope, ["Ife"], { printed: false });
    const [first = "", second = "", third = ""] = codes;
    await recordReturned(scope, third);
    const wrong = (first.startsWith("0") ? "1" : "0") + first.slice(1);
    const typed = [first, second, first, wrong, "Folasade", theirs.codes[0], waiting.codes[0], third].join("\n");
    const result = await recordReturned(scope, typed);
    expect(result.taken.map(({ name }) => name)).toEqual(["Folasade Adebayo", "Kemi Adebayo"]);
    expect(result.refused.map(({ line, reason }) => [line, reason])).toEqual([
      [3, "twice"],
      [4, "wrong-check"],
      [5, "no-code"],
      [6, "unknown"],
      [7, "not-printed"],
      [8, "already"],
    ]);
    expect(await findCampaign(other, theirs.campaignId)).toMatchObject({ reached: 1, failed: 0 });
  });
});

test("whatever is pasted, every code of it is read once, on its line", () => {
  const code = fc.stringMatching(/^[A-Z0-9]{6}$/);
  fc.assert(
    fc.property(fc.array(fc.array(code, { maxLength: 4 }), { maxLength: 20 }), (lines) => {
      const read = readTypedCodes(lines.map((codes) => codes.join(" ; ")).join("\r\n"));
      expect(read).toEqual(lines.flatMap((codes, index) => codes.map((typed) => ({ typed, line: index + 1 }))));
    }),
  );
});
