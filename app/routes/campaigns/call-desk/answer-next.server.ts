import { type ActionFunctionArgs } from "@remix-run/node";
import { nextContact } from "~/features/campaigns/call-desk/next-contact.server";
import { notFound } from "~/http/answers.server";
import { type Flash, warning } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { type Scope } from "~/platform/scope.server";

const refusals = {
  "not-running": "Nobody is called now: the calls have not begun, or have ended.",
  nobody: "Nobody is left to call now.",
  "many-left-out": "Many on the list are not to be called any more. Press “Next call” again.",
};

/** To the next contact's page; to the desk where there is none. `told`: what was done before. */
export async function answerNext(
  args: ActionFunctionArgs,
  { scope, campaignId, told }: { scope: Scope; campaignId: string; told?: Flash },
): Promise<Response> {
  const desk = `/${scope.account.slug}/campaigns/${campaignId}/calls`;
  const next = await nextContact(scope, campaignId);
  if (!next.ok && next.reason === "not-found") return notFound();
  const left = leftOutWords(next.leftOut, scope.place.locale);
  if (next.ok) return redirectTo(args, `${desk}/${next.contactId}`, withWords(told, left));
  const why = next.reason === "not-found" ? "" : refusals[next.reason];
  const words = [why, next.reason === "many-left-out" ? "" : left].filter(Boolean).join(" ");
  return redirectTo(args, desk, withWords(told ?? warning(""), words));
}

function leftOutWords(count: number, locale: string): string {
  if (count === 0) return "";
  if (count === 1) return "One was left out meanwhile: the campaign’s page says why.";
  return `${count.toLocaleString(locale)} were left out meanwhile: the campaign’s page says why.`;
}

function withWords(told: Flash | undefined, words: string): Flash | undefined {
  if (words === "") return told;
  return told ? { ...told, text: `${told.text} ${words}`.trim() } : warning(words);
}
