/** The page before sending: what was checked, and how it is sent. */
import { can } from "~/features/accounts/rights";
import { checkList, isSent, maySend } from "~/features/campaigns/mailing/check-list";
import { readLetter } from "~/features/campaigns/mailing/campaign-letter.server";
import { lookUpSender } from "~/features/campaigns/mailing/look-up-sender.server";
import { sentWhenNames } from "~/features/campaigns/mailing/mailing";
import { emptiestPeople, mayBeBlank, surveyList } from "~/features/campaigns/mailing/survey-list.server";
import { isSlot } from "~/features/campaigns/text/parse-text";
import { type Environment } from "~/platform/env.server";
import { type Scope } from "~/platform/scope.server";
import { formatDuration, MINUTE_MS } from "~/platform/time";
import { findEmailCampaign } from "~/routes/campaigns/sending/find-email-campaign.server";

const LOOKED_FOR = 20;

/** Six statements with those of the frame, where the account has fields of its own; and the look-ups in the DNS. */
export async function sendingFacts(
  scope: Scope,
  campaignId: string | undefined,
  { mail, now }: { mail: Environment["mail"]; now: string },
) {
  const campaign = await findEmailCampaign(scope, campaignId);
  const { mailing } = campaign;
  const letter = await readLetter(scope, campaign);
  const fields = mayBeBlank([...letter.template.slots, ...letter.template.subject.filter(isSlot)]);
  const [survey, blankPeople, sender] = await Promise.all([
    surveyList(scope, campaign.id, fields),
    emptiestPeople(scope, campaign.id, { fields, limit: LOOKED_FOR }),
    mail && lookUpSender({ address: mail.from.address, selector: mailing.dkimSelector }, now),
  ]);
  const { locale } = scope.place;
  const checks = checkList({ campaign, letter, survey, blankPeople, sender, locale });
  const { waiting } = survey;
  return {
    ...{ name: campaign.name, checks, waiting, state: mailing.state, problem: mailing.problem, locale },
    isEnded: campaign.state === "completed",
    isRunning: campaign.state === "running",
    here: `/${scope.account.slug}/campaigns/${campaign.id}`,
    mayWrite: can(scope, "campaigns.write"),
    isSent: waiting === 0 && isSent(campaign),
    maySend: waiting > 0 && maySend(checks) && campaign.archivedAt === null && campaign.state !== "completed",
    settings: [
      { label: "From", value: [letter.senderName, mail && `<${mail.from.address}>`].filter(Boolean).join(" ") },
      { label: "Replies go to", value: mailing.replyTo ?? "The address it is from" },
      { label: "Mails a minute", value: mailing.mailsAMinute.toLocaleString(locale) },
      { label: "When", value: sentWhenNames[mailing.sentWhen] },
      ...(waiting > 0
        ? [{ label: "Takes about", value: formatDuration((waiting / mailing.mailsAMinute) * MINUTE_MS) }]
        : []),
    ],
  };
}
