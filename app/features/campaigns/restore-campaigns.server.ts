/** What an edit changed of a campaign, and how it is taken back: field by field, what somebody changed since stays. */
import { type Updateable } from "kysely";
import { lockCampaign, writeCampaign } from "~/features/campaigns/campaign-row.server";
import "~/features/campaigns/tables";
import { type PutBack, type WrittenEntry } from "~/features/changes/undo.server";
import { type Json } from "~/platform/db/json.server";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

type Columns = Updateable<Tables["campaigns"]>;
type Kept = Record<string, Json>;

/** These of its columns, as a history keeps them. The campaign is there. */
export async function readColumns(scope: Scope, campaignId: string, names: readonly string[]): Promise<Kept> {
  const row = await scope.db
    .selectFrom("campaigns")
    .select(names as (keyof Tables["campaigns"])[])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", campaignId)
    .executeTakeFirstOrThrow();
  return keptOf(row);
}

/** Whole numbers as texts, as JSON has none of any size. */
export function keptOf(columns: object): Kept {
  return Object.fromEntries(
    Object.entries(columns).map(([name, value]) => [name, typeof value === "bigint" ? String(value) : (value as Json)]),
  );
}

/** The columns that are others than before; null where none is. */
export function changedColumns(before: Kept, after: Kept): { before: Kept; after: Kept } | null {
  const names = Object.keys(after).filter((name) => before[name] !== after[name]);
  if (names.length === 0) return null;
  const of = (kept: Kept) => Object.fromEntries(names.map((name) => [name, kept[name] ?? null]));
  return { before: of(before), after: of(after) };
}

/** Columns that follow from another, which are not named beside it. */
const followers = new Set(["name_key"]);

const names: Record<string, string> = {
  ...{ name: "Name", channel: "Channel", description: "Description", topic: "Topic", planned_on: "Planned for" },
  ...{ owner_id: "Looked after by", cost_minor: "Cost", subject: "Subject", body: "Text", code_prefix: "Code prefix" },
  ...{ responded_words: "Words of an answer", converted_words: "Words of a conversion" },
  pause_months: "Months without the topic",
};

export async function restoreCampaigns(scope: Scope, entries: readonly WrittenEntry[]): Promise<PutBack> {
  const back: PutBack = { entries: [], leftAlone: [] };
  for (const entry of entries) {
    const campaign = await lockCampaign(scope, entry.subjectId);
    const [was, is] = [entry.before as Kept | null, entry.after as Kept | null];
    if (!campaign || !was || !is) {
      back.leftAlone.push({ subjectId: entry.subjectId, name: null, what: "" });
      continue;
    }
    const now = await readColumns(scope, campaign.id, Object.keys(is));
    const isFixed = (name: string) => name === "channel" && campaign.state !== "draft";
    const same = Object.keys(is).filter((name) => now[name] === is[name] && !isFixed(name));
    const others = Object.keys(is).filter((name) => !same.includes(name) && !followers.has(name));
    const what = others.map((name) => names[name] ?? name).join(", ");
    if (others.length > 0) back.leftAlone.push({ subjectId: campaign.id, name: campaign.name, what });
    if (same.length === 0) continue;
    const of = (kept: Kept) => Object.fromEntries(same.map((name) => [name, kept[name] ?? null]));
    await writeCampaign(scope, campaign.id, { ...written(of(was)), version: campaign.version + 1 });
    back.entries.push({ ...entry, before: of(is), after: of(was) });
  }
  return back;
}

function written(kept: Kept): Columns {
  const { cost_minor: cost, ...rest } = kept;
  return { ...rest, ...(cost === undefined ? {} : { cost_minor: BigInt(cost as string) }) } as Columns;
}

/** Those of these ids that are campaigns for whoever asks. */
export async function seenCampaigns(scope: Scope, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0 || scope.ownOnly) return [];
  const rows = await scope.db
    .selectFrom("campaigns")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("id", "in", [...ids])
    .where("deleted_at", "is", null)
    .execute();
  return rows.map(({ id }) => id);
}
