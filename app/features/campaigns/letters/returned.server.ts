/** Letters that came back: by their codes, typed or scanned. The recipient is marked, and the address is bad. */
import { findByCode } from "~/features/campaigns/recipients/give-codes.server";
import { holdCampaigns } from "~/features/campaigns/mailing/hold-mailed.server";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { readCode } from "~/features/campaigns/code";
import { readTypedCodes } from "~/features/campaigns/letters/typed-codes";
import { readRecipientToken } from "~/features/campaigns/recipient-link.server";
import { recordDelivery } from "~/features/campaigns/recipients/record-delivery.server";
import "~/features/campaigns/tables";
import { whoReads } from "~/features/campaigns/recipients/who-reads.server";
import { asOneChange, changeSetOf } from "~/features/contacts/record-change.server";
import { addressLine } from "~/features/contacts/suppression/suppression";
import { suppress } from "~/features/contacts/suppression/suppressions.server";
import "~/features/contacts/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

export type ReturnedProblem = "no-code" | "wrong-check" | "unknown" | "already" | "not-printed" | "twice";

export interface NotTaken {
  /** As it was typed. */
  typed: string;
  /** From 1. */
  line: number;
  reason: ReturnedProblem;
}

export interface ReturnedResult {
  /** By name, with the campaign, in the order in which they were typed. */
  taken: { contactId: string; campaignId: string; name: string; campaign: string }[];
  refused: NotTaken[];
  /** By which all of them are undone; null: nothing was taken. */
  changeSetId: string | null;
}

/** More are taken in several goes. */
export const MOST_CODES = 500;

/**
 * Takes all the codes of a text that can be taken, as one change with one Undo; the others are told, each with why. The
 * address goes onto the suppression list, so that no letter goes there again, whoever has it.
 */
export async function recordReturned(scope: Scope, text: string): Promise<ReturnedResult> {
  const inside = asOneChange(scope, "delivery.recorded");
  const result: ReturnedResult = { taken: [], refused: [], changeSetId: null };
  const seen = new Set<string>();
  return inTransaction(inside, async (scope) => {
    const codes = [];
    for (const code of readTypedCodes(text).slice(0, MOST_CODES)) {
      codes.push({ ...code, found: await findTyped(scope, code.typed) });
    }
    const campaignIds = codes.flatMap(({ found }) => (typeof found === "string" ? [] : [found.campaignId]));
    await holdCampaigns(scope, [...new Set(campaignIds)]);
    for (const { typed, line, found } of codes) {
      const taken = typeof found === "string" ? found : await takeOnce(scope, found, seen);
      if (typeof taken === "string") result.refused.push({ typed, line, reason: taken });
      else result.taken.push(taken);
    }
    return { ...result, changeSetId: changeSetOf(inside) };
  });
}

interface Found {
  campaignId: string;
  contactId: string;
}

/** By a typed code, or by the link in the QR code, which a scanner reads. */
async function findTyped(scope: Scope, typed: string): Promise<Found | ReturnedProblem> {
  const [, token] = /^https?:\/\/\S+\/r\/([\w-]+)/i.exec(typed) ?? [];
  if (token !== undefined) {
    const linked = readRecipientToken(scope.keys, token);
    return linked?.accountId === scope.account.id ? linked : "unknown";
  }
  const read = readCode(typed);
  return read.ok ? ((await findByCode(scope, read.code)) ?? "unknown") : read.reason;
}

type Taken = ReturnedResult["taken"][number];

async function takeOnce(scope: Scope, found: Found, seen: Set<string>): Promise<Taken | ReturnedProblem> {
  const key = `${found.campaignId} ${found.contactId}`;
  if (seen.has(key)) return "twice";
  seen.add(key);
  return takeOne(scope, found);
}

async function takeOne(scope: Scope, { campaignId, contactId }: Found): Promise<Taken | ReturnedProblem> {
  const campaign = await findCampaign(scope, campaignId);
  const recipient = campaign && (await findSent(scope, { campaignId, contactId }));
  if (!campaign || !recipient) return "unknown";
  if (recipient.delivery === "returned") return "already";
  const who = { campaignId, contactIds: [contactId] };
  const mark = { delivery: "returned" as const, note: "The letter came back" };
  const recorded = await recordDelivery(scope, who, { mark, from: ["printed"] });
  if (!recorded.ok) return "not-printed";
  if (recipient.address !== "") {
    const note = `A letter of “${campaign.name}” came back`;
    const source = `campaign:${campaignId}` as const;
    await suppress(scope, { channel: "address", value: recipient.address, reason: "bad-address", note, source });
  }
  return { contactId, campaignId, name: recipient.name ?? "A contact that is gone", campaign: campaign.name };
}

/** How they stand, and where the letter went: the first address of whoever was written to. */
async function findSent(scope: Scope, { campaignId, contactId }: Found) {
  const row = await scope.db
    .selectFrom("recipients as recipient")
    .leftJoin("contacts as self", (join) =>
      join.onRef("self.account_id", "=", "recipient.account_id").onRef("self.id", "=", "recipient.contact_id"),
    )
    .leftJoin("contact_points as point", (join) =>
      join
        .onRef("point.account_id", "=", "recipient.account_id")
        .on("point.contact_id", "=", whoReads)
        .on("point.channel", "=", "address")
        .on("point.position", "=", 0),
    )
    .select(["self.name", "recipient.delivery", "recipient.address_key", "point.value_key"])
    .select(["point.street", "point.postal_code", "point.city"])
    .where("recipient.account_id", "=", scope.account.id)
    .where("recipient.campaign_id", "=", campaignId)
    .where("recipient.contact_id", "=", contactId)
    .executeTakeFirst();
  if (!row) return null;
  // They have moved since, and somebody has typed where to: that address is not the bad one.
  const isSame = row.address_key === null || row.value_key === null || row.address_key === row.value_key;
  const { street, postal_code: postalCode, city } = row;
  return { name: row.name, delivery: row.delivery, address: isSame ? addressLine({ street, postalCode, city }) : "" };
}
