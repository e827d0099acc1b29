import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { type CampaignChannel } from "~/features/campaigns/campaign";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { addContacts, addFrom, continueAddition } from "~/features/campaigns/recipients/add-recipients.server";
import { findByEmail } from "~/features/campaigns/recipients/find-by-email.server";
import { giveUpAddition } from "~/features/campaigns/recipients/give-up-addition.server";
import { countLeftOut, listAdditions, listRecipients } from "~/features/campaigns/recipients/list-recipients.server";
import { takeOff } from "~/features/campaigns/recipients/take-off.server";
import { undoAddition } from "~/features/campaigns/recipients/undo-addition.server";
import { recordResponse } from "~/features/campaigns/responses/record-response.server";
import { startCampaign } from "~/features/campaigns/start-campaign.server";
import { markDoNotContact } from "~/features/contacts/consent/do-not-contact.server";
import { type ContactValues } from "~/features/contacts/contact";
import { archiveContact } from "~/features/contacts/deletion/archive-contacts.server";
import { relate } from "~/features/contacts/relationships/relationships.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";
import { newId } from "~/platform/ids.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { crowd } from "~/testing/given-bulk";
import { plan } from "~/testing/given-campaigns";

const address = {
  label: null,
  street: "14 Kiln Row",
  city: "London",
  region: null,
  postalCode: "E8 4QN",
  country: "GB",
};
const email = (value: string) => ({ emails: [{ label: null, value }] });

async function person(scope: Scope, givenName: string, values: Partial<ContactValues> = {}): Promise<string> {
  return (await given.contact(scope, { givenName, familyName: "Adebayo", ...values })).id;
}

async function all(scope: Scope, id: string, channel: CampaignChannel = "email") {
  const written = await listRecipients(scope, { id, channel }, { response: null });
  const left = await listRecipients(scope, { id, channel }, { leftOut: true });
  return {
    written: written.recipients.map(({ name, writtenTo }) => (writtenTo ? `${name}, care of ${writtenTo.name}` : name)),
    leftOut: left.recipients.map(({ name, leftOut }) => `${name}: ${leftOut}`),
  };
}

/** An addition of nobody that a job has yet to end. */
async function collecting(scope: Scope, campaignId: string): Promise<string> {
  const began = await addFrom(scope, campaignId, {
    from: "answers",
    campaignId: newId(),
    name: "",
    responses: ["converted"],
  });
  const additionId = began.ok ? began.additionId : "";
  await scope.db
    .updateTable("recipient_additions")
    .set({ state: "collecting", finished_at: null })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", additionId)
    .execute();
  return additionId;
}

describe.each(databases)("a campaign's list, on %s", (engine) => {
  test("leaves out, each with its reason, who cannot or must not be written to", async () => {
    const scope = await given.scope(engine);
    const id = await plan(scope);
    const ids = [
      await person(scope, "Folasade", email("folasade@adebayo.example")),
      await person(scope, "Kemi", email("FOLASADE@adebayo.example")),
      await person(scope, "Tunde"),
      await person(scope, "Bola", { ...email("bola@adebayo.example"), diedOn: "2026-02-11" }),
      await person(scope, "Femi", email("femi@adebayo.example")),
      await person(scope, "Ife", email("ife@adebayo.example")),
    ];
    await archiveContact(scope, ids[4] ?? "");
    await markDoNotContact(scope, ids[5] ?? "", { channels: ["email"], reason: "asked us to stop" });
    expect(await addContacts(scope, id, ids)).toMatchObject({ ok: true, isDone: true, found: 6, added: 6 });
    expect(await all(scope, id)).toEqual({
      written: ["Folasade Adebayo"],
      leftOut: [
        "Bola Adebayo: deceased",
        "Femi Adebayo: archived",
        "Ife Adebayo: do-not-contact",
        "Kemi Adebayo: double-address",
        "Tunde Adebayo: no-address",
      ],
    });
    expect(await findCampaign(scope, id)).toMatchObject({ listed: 6, leftOut: 5 });
    expect((await countLeftOut(scope, id)).reduce((sum, { count }) => sum + count, 0)).toBe(5);
  });

  test("writes to an estate in care of its executor", async () => {
    const scope = await given.scope(engine);
    const id = await plan(scope, "letter");
    const [miles, cared, alone] = [
      await person(scope, "Miles", { addresses: [address] }),
      (await given.contact(scope, { kind: "estate", typedName: "Estate of Rosalind Carver" })).id,
      (await given.contact(scope, { kind: "estate", typedName: "Estate of Arthur Hale" })).id,
    ];
    await relate(scope, { fromId: miles, toId: cared, type: "executor-of" });
    await addContacts(scope, id, [cared, alone]);
    expect(await all(scope, id, "letter")).toEqual({
      written: ["Estate of Rosalind Carver, care of Miles Adebayo"],
      leftOut: ["Estate of Arthur Hale: deceased"],
    });
  });

  test("sends one letter to a household, and one to each other family at the same address", async () => {
    const scope = await given.scope(engine);
    const id = await plan(scope, "letter");
    const ids = [
      await person(scope, "Folasade", { addresses: [address] }),
      await person(scope, "Kemi", { addresses: [address] }),
      await person(scope, "Tom", { familyName: "Hale", addresses: [address] }),
    ];
    await addContacts(scope, id, ids);
    expect(await all(scope, id, "letter")).toEqual({
      written: ["Folasade Adebayo", "Tom Hale"],
      leftOut: ["Kemi Adebayo: double-household"],
    });
  });

  test("keeps who was there first when a double comes later, and writes to the double when the first is taken off", async () => {
    const scope = await given.scope(engine);
    const id = await plan(scope);
    const zoe = await person(scope, "Zoe", email("office@adebayo.example"));
    const abi = await person(scope, "Abi", email("office@adebayo.example"));
    await addContacts(scope, id, [zoe]);
    await addContacts(scope, id, [abi]);
    expect(await all(scope, id)).toEqual({ written: ["Zoe Adebayo"], leftOut: ["Abi Adebayo: double-address"] });
    expect(await takeOff(scope, id, [zoe])).toMatchObject({ ok: true, taken: 1 });
    expect(await all(scope, id)).toEqual({ written: ["Abi Adebayo"], leftOut: [] });
    expect(await findCampaign(scope, id)).toMatchObject({ listed: 1, leftOut: 0 });
  });

  test("takes in a whole list of contacts by a job, each once, also when it is taken up again", async () => {
    const scope = await given.scope(engine);
    const id = await plan(scope);
    await crowd(scope, 2_600);
    const began = await addFrom(scope, id, { from: "list", query: "", name: null });
    if (!began.ok) throw new Error(began.reason);
    expect(began).toMatchObject({ isDone: false, found: 2_000 });
    expect(await addContacts(scope, id, [])).toEqual({ ok: false, reason: "at-work" });
    const stopped = AbortSignal.abort();
    await expect(continueAddition(scope, began.additionId, stopped)).rejects.toThrow();
    await continueAddition(scope, began.additionId, new AbortController().signal);
    await continueAddition(scope, began.additionId, new AbortController().signal);
    expect(await listAdditions(scope, id, 5)).toMatchObject([{ state: "done", found: 2_600, added: 2_600 }]);
    expect(await findCampaign(scope, id)).toMatchObject({ listed: 2_600, leftOut: 2_600 });
  });

  test("is not taken back while it is still growing, and gives back more than a statement takes values", async () => {
    const scope = await given.scope(engine);
    const id = await plan(scope);
    await crowd(scope, 2_100);
    const began = await addFrom(scope, id, { from: "list", query: "", name: null });
    const additionId = began.ok ? began.additionId : "";
    expect(await undoAddition(scope, id, additionId)).toEqual({ ok: false, reason: "not-found" });
    await continueAddition(scope, additionId, new AbortController().signal);
    expect(await findCampaign(scope, id)).toMatchObject({ listed: 2_100 });
    expect(
      await takeOff(
        scope,
        id,
        Array.from({ length: 33_000 }, () => newId()),
      ),
    ).toEqual({ ok: true, taken: 0, changeSetId: null });
  });

  test.each([
    ["ends", (scope: Scope, id: string) => continueAddition(scope, id, new AbortController().signal)],
    ["is given up", (scope: Scope, id: string) => giveUpAddition(scope, id)],
  ])("counts what was answered in the moment in which an addition %s", async (_, end) => {
    const scope = await given.scope(engine);
    const id = await plan(scope, "phone");
    const contactId = await person(scope, "Folasade", { phones: [{ label: null, value: "+442079460311" }] });
    await addContacts(scope, id, [contactId]);
    await startCampaign(scope, id);
    const additionId = await collecting(scope, id);
    const today = { respondedOn: "2026-05-19", how: "phone", note: null, valueMinor: null } as const;
    const answering = inTransaction(scope, async (inside) => {
      await recordResponse(inside, { campaignId: id, contactId }, { response: "responded", ...today });
      await wait(300);
    });
    await wait(100);
    await Promise.all([answering, end(scope, additionId)]);
    expect(await findCampaign(scope, id)).toMatchObject({ listed: 1, responded: 1 });
  });

  test("finds contacts by emails as they are typed or copied, and names what is nobody's", async () => {
    const scope = await given.scope(engine);
    const tom = await person(scope, "Tom", email("tom@hale.example"));
    const kemi = await person(scope, "Kemi", email("kemi@adebayo.example"));
    const typed = "Tom Hale <Tom@hale.example>; kemi@adebayo.example\nfolasade, nobody@hale.example";
    const { ids, unknown } = await findByEmail(scope, typed);
    expect([...ids].sort()).toEqual([tom, kemi].sort());
    expect(unknown).toEqual(["folasade", "nobody@hale.example"]);
  });

  test("reads as much as one may paste at once, be it no email at all, without keeping others waiting", async () => {
    const scope = await given.scope(engine);
    const began = performance.now();
    for (const text of ["a", "a ", "<", "a<", "<a"]) await findByEmail(scope, text.repeat(200_000 / text.length));
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  test("is another account's to nobody", async () => {
    const { scope, other } = await given.twoAccounts(engine);
    const id = await plan(scope);
    const mine = await person(other, "Folasade", email("folasade@adebayo.example"));
    expect(await addContacts(other, id, [mine])).toEqual({ ok: false, reason: "not-found" });
    expect(await addContacts(scope, id, [mine])).toMatchObject({ ok: true, added: 0 });
    expect(await takeOff(other, id, [mine])).toEqual({ ok: false, reason: "not-found" });
  });
});
