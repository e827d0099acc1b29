/** How a contact stands at the call desk, in words. Pure. */
import { responseNames } from "~/features/campaigns/campaign";
import { MOST_TRIES, type CallOutcome, outcomeNames } from "~/features/campaigns/call-desk/call";
import { type Called, type Said } from "~/features/campaigns/call-desk/find-called.server";
import { deliveryNames } from "~/features/campaigns/delivery";
import { formatDate, formatInstant, type Place } from "~/platform/time";

/** "Not called yet"; "No answer, call 3 of 5"; whom one calls in their place. */
export function calledLine({ delivery, tries, name, response }: Called, calledName: string | null): string {
  const stands =
    delivery === "none"
      ? "Not called yet"
      : `${deliveryNames[delivery]}, ${tries === 1 ? "1 call" : `${tries} calls`} so far`;
  const last = delivery === "no-answer" && tries === MOST_TRIES - 1 ? "; this is the last try" : "";
  const answered = response === "pending" ? "" : `; ${responseNames[response].toLowerCase()}`;
  const inTheirPlace = calledName !== null && calledName !== name ? ` One calls ${calledName}, who acts for it.` : "";
  return `${stands}${last}${answered}.${inTheirPlace}`;
}

/** Calls of this campaign, and answers that came in another way or to another. */
export function saidLines({ campaign, said }: Called, place: Place) {
  const line = (each: Said, text: string) => ({ key: each.id, at: formatInstant(place, each.at), text });
  const isOther = ({ kind, campaignId, how }: Said) =>
    kind === "answer" && (campaignId !== campaign.id || how !== "phone");
  return {
    calls: said.filter(({ kind }) => kind === "call").map((each) => line(each, callWords(each, place))),
    answers: said.filter(isOther).map((each) => line(each, answerWords(each, place))),
  };
}

/** "Call back, Ann Okafor, for 21 May 2026, 10:00; after lunch". */
function callWords({ outcome, by, callBackAt, note, isWithdrawn }: Said, place: Place): string {
  const at = callBackAt && `for ${formatInstant(place, callBackAt)}`;
  const told = [outcomeNames[outcome as CallOutcome], at, by].filter(Boolean).join(", ");
  return [told, note, isWithdrawn ? "taken back since" : null].filter(Boolean).join("; ");
}

/** "Spring review 2026: converted on 3 May 2026; wants the spring date". */
function answerWords({ campaignName, outcome, respondedOn, note, isWithdrawn }: Said, place: Place): string {
  const words = responseNames[outcome as keyof typeof responseNames].toLowerCase();
  const told = `${campaignName}: ${words}${respondedOn ? ` on ${formatDate(place, respondedOn)}` : ""}`;
  return [told, note, isWithdrawn ? "taken back since" : null].filter(Boolean).join("; ");
}
