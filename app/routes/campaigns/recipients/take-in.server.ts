/** From where contacts can be taken onto a campaign's list, and how the page answers when they were. */
import { type z } from "zod";
import { listCampaigns } from "~/features/campaigns/campaigns.server";
import {
  addContacts,
  addFrom,
  type AddResult,
  MOST_WHILE_WAITING,
} from "~/features/campaigns/recipients/add-recipients.server";
import { findByEmail } from "~/features/campaigns/recipients/find-by-email.server";
import { type sourceForm } from "~/features/campaigns/recipients/source-form";
import { listViews } from "~/features/contacts/views/list-views.server";
import { findRun, listRuns } from "~/features/pipeline/run/runs.server";
import { type Flash, flash, warning } from "~/http/flash.server";
import { type Scope } from "~/platform/scope.server";

const MOST_RUNS = 24;

interface Choice {
  id: string;
  name: string;
}

/** Three statements. */
export async function sourceChoices(
  scope: Scope,
  campaignId: string,
): Promise<{ views: Choice[]; runs: Choice[]; campaigns: Choice[] }> {
  const [views, runs, { campaigns }] = await Promise.all([
    listViews(scope),
    listRuns(scope, { limit: MOST_RUNS, drafts: false }),
    listCampaigns(scope, { state: null, channel: null, archived: false }),
  ]);
  return {
    views: views.map(({ id, name }) => ({ id, name })),
    runs: runs.map(({ id, fileName }) => ({ id, name: fileName })),
    campaigns: campaigns.flatMap(({ id, name, listed }) => (id === campaignId || listed === 0 ? [] : [{ id, name }])),
  };
}

type Said = z.output<typeof sourceForm>;
type Taken = Extract<AddResult, { ok: true }> & { unknown: string[] };
type NotTaken = { ok: false; at: string; message: string };

export const additionRefusals = {
  "not-found": "This campaign is no longer there.",
  "has-ended": "This campaign has ended: nobody is added any more.",
  "at-work": "Contacts are being put on the list already, or taken off it. Wait until that is done.",
};

/** Puts on the list what the form says. */
export async function takeIn(scope: Scope, campaignId: string, said: Said): Promise<Taken | NotTaken> {
  if (said.from === "emails") {
    const { ids, unknown } = await findByEmail(scope, said.emails ?? "");
    if (ids.length === 0) return { ok: false, at: "emails", message: "No contact has any of these emails." };
    if (ids.length > MOST_WHILE_WAITING) {
      const most = MOST_WHILE_WAITING.toLocaleString(scope.place.locale);
      return { ok: false, at: "emails", message: `These are more than ${most} contacts: make a view of them.` };
    }
    return answered(await addContacts(scope, campaignId, ids), unknown);
  }
  const source = await sourceOf(scope, said);
  return "ok" in source ? source : answered(await addFrom(scope, campaignId, source));
}

function answered(result: AddResult, unknown: string[] = []): Taken | NotTaken {
  return result.ok ? { ...result, unknown } : { ok: false, at: "", message: additionRefusals[result.reason] };
}

async function sourceOf(scope: Scope, { from, ...said }: Said) {
  const gone = (at: string) => ({ ok: false as const, at, message: "It is no longer there. Choose another." });
  if (from === "import") {
    const run = await findRun(scope, said.run ?? "");
    return run ? { from: "import" as const, runId: run.id, name: run.fileName } : gone("run");
  }
  if (from === "answers") {
    const { campaigns } = await sourceChoices(scope, "");
    const campaign = campaigns.find(({ id }) => id === said.campaign);
    if (!campaign) return gone("campaign");
    return { from: "answers" as const, campaignId: campaign.id, name: campaign.name, responses: said.responses };
  }
  if (!said.view) return { from: "list" as const, query: "", name: null };
  const view = (await listViews(scope)).find(({ id }) => id === said.view);
  return view ? { from: "list" as const, query: view.query, name: view.name } : gone("view");
}

const MOST_SHOWN = 5;

/** The banner above the campaign. */
export function answerAddition({ isDone, added, found, unknown }: Taken, locale: string): Flash {
  const count = (number: number) => number.toLocaleString(locale);
  if (!isDone) return flash("They are being put on the list. The page shows how far that is.");
  const there =
    found - added > 0 ? ` ${count(found - added)} ${found - added === 1 ? "was" : "were"} there already.` : "";
  const told = `${count(added)} put on the list.${there}`;
  if (unknown.length === 0) return flash(told);
  const some = unknown.slice(0, MOST_SHOWN).join(", ");
  const more = unknown.length > MOST_SHOWN ? ` and ${count(unknown.length - MOST_SHOWN)} more` : "";
  return warning(`${told} No contact has the email ${some}${more}.`);
}
