import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { undoing } from "~/composition.server";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { codeOf, printedCode } from "~/features/campaigns/code";
import { addContacts } from "~/features/campaigns/recipients/add-recipients.server";
import { giveCodes } from "~/features/campaigns/recipients/give-codes.server";
import { readAnswerLines } from "~/features/campaigns/responses/answer-lines";
import { findRecipient } from "~/features/campaigns/responses/find-recipient.server";
import { recordMany } from "~/features/campaigns/responses/record-many.server";
import { type Answer } from "~/features/campaigns/responses/record-response.server";
import { startCampaign } from "~/features/campaigns/start-campaign.server";
import { undoChangeSet } from "~/features/changes/undo.server";
import "~/features/campaigns/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { plan } from "~/testing/given-campaigns";

const clock = testClock("2026-05-20T12:00:00.000Z");
const answer: Answer = {
  ...{ response: "responded", respondedOn: "2026-05-18", how: "by-hand", note: null, valueMinor: null },
};

/** A run of letters that has begun, with so many people on its list who have an email, too, and the codes of their letters. */
async function begun(scope: Scope, count: number) {
  const campaignId = await plan(scope, "letter", { codePrefix: "SPR" });
  const ids: string[] = [];
  for (let number = 0; number < count; number += 1) {
    const emails = [{ label: null, value: `client.${number}@orchard.example` }];
    ids.push((await given.contact(scope, { givenName: `Client ${number}`, emails, addresses: [home(number)] })).id);
  }
  await addContacts(scope, campaignId, ids);
  expect(await startCampaign(scope, campaignId)).toEqual({ ok: true });
  await inTransaction(scope, (scope) => giveCodes(scope, campaignId, ids));
  const rows = await scope.db
    .selectFrom("recipients")
    .select(["contact_id", "code"])
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .execute();
  return { campaignId, ids, codes: new Map(rows.map(({ contact_id: id, code }) => [id, code ?? ""])) };
}

function home(number: number) {
  return {
    label: null,
    street: `${number + 1} Mill Lane`,
    city: "Leeds",
    region: null,
    postalCode: null,
    country: "GB",
  };
}

function record(scope: Scope, campaignId: string, typed: string, adds = false, said: Partial<Answer> = {}) {
  return recordMany(scope, campaignId, readAnswerLines(typed).lines, { answer: { ...answer, ...said }, adds });
}

describe("pasted lines", () => {
  test("are codes and emails, each once, and what is neither comes back with the reason", () => {
    const code = codeOf([1, 2, 3, 4, 5]);
    const swapped = code.slice(0, 4) + code.charAt(5) + code.charAt(4);
    const typed = `${code}\r\n\n  spr-${code.toLowerCase()} \nTom Hale <tom@hale.example>,\ntom@hale.example\nhello\n${swapped}`;
    const { lines, bad } = readAnswerLines(typed);
    expect(lines).toHaveLength(2);
    expect(lines.map((line) => ("code" in line ? line.code : line.email))).toEqual([code, "tom@hale.example"]);
    expect(bad).toEqual([
      { text: "hello", why: "It is neither an email nor a code of six characters." },
      { text: swapped, why: "This code has a typing mistake in it." },
    ]);
  });

  test("whatever is pasted, each line is taken or comes back, and nothing else", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 40 })), (texts) => {
        const { lines, bad } = readAnswerLines(texts.join("\n"));
        const typed = new Set(texts.flatMap((text) => text.split(/\r\n|\r|\n/)).map((text) => text.trim()));
        return [...lines, ...bad].every(({ text }) => typed.has(text));
      }),
    );
  });
});

describe.each(databases)("the same answer of many, on %s", (engine) => {
  test("96 of 100 lines are taken, 4 come back with their reasons, and one Undo takes all of it back", async () => {
    const scope = await given.scope(engine, "admin", { clock });
    const { campaignId, ids, codes } = await begun(scope, 96);
    const typed = ids.map((id, place) =>
      place % 2 === 0 ? printedCode(codes.get(id) ?? "", "SPR") : `client.${place}@orchard.example`,
    );
    const unknown = Array.from({ length: 4 }, (_, number) => `stranger.${number}@orchard.example`);
    const result = await record(scope, campaignId, [...typed, ...unknown].join("\n"));
    expect(result).toMatchObject({ ok: true, recorded: 96, same: 0 });
    if (!result.ok) throw new Error(result.reason);
    expect(result.bad.map(({ why }) => why)).toEqual(unknown.map(() => "No contact has this email."));
    expect(await findCampaign(scope, campaignId)).toMatchObject({ responded: 96 });
    expect(await record(scope, campaignId, typed.join("\n"))).toMatchObject({
      recorded: 0,
      same: 96,
      changeSetId: null,
    });
    await undoChangeSet(scope, result.changeSetId ?? "", undoing);
    expect(await findCampaign(scope, campaignId)).toMatchObject({ responded: 0 });
  });

  test("a value that is told afterwards is taken down; told once more, it is the same", async () => {
    const scope = await given.scope(engine, "admin", { clock });
    const { campaignId } = await begun(scope, 1);
    const worth = (valueMinor: bigint | null) =>
      record(scope, campaignId, "client.0@orchard.example", false, { response: "converted", valueMinor });
    expect(await worth(null)).toMatchObject({ recorded: 1, same: 0 });
    expect(await worth(50_000n)).toMatchObject({ recorded: 1, same: 0 });
    expect(await worth(50_000n)).toMatchObject({ recorded: 0, same: 1 });
    expect(await worth(null)).toMatchObject({ recorded: 0, same: 1 });
    expect(await findCampaign(scope, campaignId)).toMatchObject({ converted: 1, valueMinor: 50_000n });
  });

  test("a code of another campaign says of which, one of another account is nobody's", async () => {
    const scope = await given.scope(engine, "admin", { clock });
    const spring = await begun(scope, 1);
    const other = await plan(scope, "letter", { name: "Autumn review" });
    await addContacts(scope, other, spring.ids);
    await startCampaign(scope, other);
    const [code = ""] = spring.codes.values();
    const said = await record(scope, other, code);
    expect(said).toMatchObject({ bad: [{ why: "This code belongs to the campaign “Spring review 2026”." }] });
    const others = await given.scope(engine, "admin", { clock });
    const theirs = await begun(others, 1);
    expect(await record(others, theirs.campaignId, code)).toMatchObject({
      ...{ recorded: 0, bad: [{ text: code, why: "No letter carries this code." }] },
    });
  });

  test("who was not on the list is named, or put on it where that is asked for", async () => {
    const scope = await given.scope(engine, "admin", { clock });
    const { campaignId } = await begun(scope, 1);
    const emails = [{ label: null, value: "ines@duarte.example" }];
    const { id: contactId } = await given.contact(scope, { givenName: "Inês", emails });
    expect(await record(scope, campaignId, "ines@duarte.example")).toMatchObject({
      ...{ recorded: 0, bad: [{ text: "ines@duarte.example", why: "This contact is not on the list." }] },
    });
    expect(await record(scope, campaignId, "INES@duarte.example", true)).toMatchObject({ recorded: 1, bad: [] });
    const recipient = await findRecipient(scope, { campaignId, contactId });
    expect(recipient).toMatchObject({ response: "responded", leftOut: "no-address" });
  });
});
