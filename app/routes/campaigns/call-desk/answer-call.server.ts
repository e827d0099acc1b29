import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs } from "@remix-run/node";
import { outcomeNames } from "~/features/campaigns/call-desk/call";
import { callForm } from "~/features/campaigns/call-desk/call-form";
import { type Called, findCalled } from "~/features/campaigns/call-desk/find-called.server";
import { recordCall, type RecordCallResult } from "~/features/campaigns/call-desk/record-call.server";
import { undoLink } from "~/features/changes/undo-window";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { notFound, refuse } from "~/http/answers.server";
import { type Flash, flash } from "~/http/flash.server";
import { readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { type Scope } from "~/platform/scope.server";
import { formatInstant, formatTime } from "~/platform/time";
import { answerNext } from "~/routes/campaigns/call-desk/answer-next.server";

/** Records what came of a call, and goes on to the next contact or back to the desk. */
export async function answerCall(args: ActionFunctionArgs, scope: Scope) {
  const { campaignId = "", contactId = "" } = args.params;
  const called = (await findCalled(scope, { campaignId, contactId })) ?? notFound();
  const schema = callForm(await placeOf(scope, called));
  const submission = parseWithZod(await readForm(args.request), { schema });
  if (submission.status !== "success") return refuse(submission.reply());
  const { then, ...call } = submission.value;
  const result = await recordCall(scope, { campaignId, contactId }, call);
  if (!isDone(result)) {
    if (result.reason === "not-found") return notFound();
    return refuse(submission.reply({ formErrors: [refusalOf(scope, result)] }));
  }
  const told = toldOf(scope, called, { ...call, changeSetId: result.ok ? result.changeSetId : null });
  if (then === "next") return answerNext(args, { scope, campaignId, told });
  return redirectTo(args, `/${scope.account.slug}/campaigns/${campaignId}/calls`, told);
}

async function placeOf(scope: Scope, { calledId, campaign }: Called) {
  const contact = await findContact(scope, calledId);
  const zone = contact?.values.timeZone ?? contact?.derivedZone?.zone ?? scope.account.timeZone;
  const numbers = contact?.values.phones.map(({ value }) => value) ?? [];
  return { currency: campaign.currency, locale: scope.place.locale, now: scope.clock.now(), zone, numbers };
}

type Refused = Exclude<RecordCallResult, { ok: true } | { reason: "recorded-since"; isSame: true }>;

/** Pressed twice, it is done once. */
function isDone(result: RecordCallResult): result is Exclude<RecordCallResult, Refused> {
  return result.ok || (result.reason === "recorded-since" && result.isSame);
}

function refusalOf({ place }: Scope, result: Exclude<RecordCallResult, { ok: true }>): string {
  if (result.reason === "reserved") {
    const by = result.by ?? "Somebody";
    return `${by} has them on their page until ${formatTime(place, result.until)}. Nothing was recorded: agree who does it.`;
  }
  if (result.reason === "recorded-since")
    return "A call was recorded while you were typing: it is among the earlier calls. Save again if yours is another.";
  return "The calls have not begun.";
}

type CallForm = ReturnType<typeof callForm>["_output"];

function toldOf(
  { account, place }: Scope,
  { name }: Called,
  { outcome, callBackAt, changeSetId }: Pick<CallForm, "outcome" | "callBackAt"> & { changeSetId: string | null },
): Flash {
  const when = callBackAt ? `, ${formatInstant(place, callBackAt)} here` : "";
  const words = `${name ?? "A contact"}: ${outcomeNames[outcome].toLowerCase()}${when}.`;
  return flash(words, undoLink(account.slug, changeSetId));
}
