/** A campaign's page: what it says, and the part of its list that is looked at. */
import { can } from "~/features/accounts/rights";
import { channelNames, recipientCount, stateNames, type WholeCampaign } from "~/features/campaigns/campaign";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { type FigureFilter, figureQuery } from "~/features/campaigns/figures/figure-filter";
import { FEW, shareText, shareWithInterval } from "~/features/campaigns/figures/shares";
import {
  type ListAddress,
  listQuery,
  readListAddress,
  type RecipientCursor,
} from "~/features/campaigns/recipients/list-address";
import {
  type Addition,
  countLeftOut,
  listAdditions,
  listRecipients,
  type Recipient,
} from "~/features/campaigns/recipients/list-recipients.server";
import { asTyped } from "~/features/campaigns/text/text-tree";
import { sendingProgress } from "~/features/campaigns/mailing/sending-progress";
import { type RecipientLine } from "~/features/campaigns/recipients/recipients-table";
import { phoneText } from "~/features/contacts/values/phone-display";
import { notFound } from "~/http/answers.server";
import { formatMoney } from "~/platform/money";
import { type Scope } from "~/platform/scope.server";
import { formatInstant, formatDate, formatShortDate } from "~/platform/time";
import { tabsOf } from "~/routes/campaigns/campaign-tabs";

const SHOWN_ADDITIONS = 8;

/** Six statements with those of the frame. */
export async function campaignFacts(scope: Scope, campaignId: string, params: URLSearchParams) {
  const campaign = (await findCampaign(scope, campaignId)) ?? notFound();
  const base = `/${scope.account.slug}/campaigns`;
  const here = `${base}/${campaign.id}`;
  const address = readListAddress(params);
  const { shows } = address;
  const [page, leftOut, additions] = await Promise.all([
    listRecipients(
      scope,
      campaign,
      shows === "left-out" ? { leftOut: true } : { response: shows === "all" ? null : shows },
      address,
    ),
    countLeftOut(scope, campaign.id),
    listAdditions(scope, campaign.id, SHOWN_ADDITIONS),
  ]);
  const tabs = tabsOf(campaign, { here, address, leftOut, locale: scope.place.locale });
  return {
    ...{ base, here, shows, leftOut, find: address.find },
    name: campaign.name,
    locale: scope.place.locale,
    may: { write: can(scope, "campaigns.write") },
    isDraft: campaign.state === "draft",
    takesBounces: campaign.channel === "email" && campaign.state !== "draft",
    isLetter: campaign.channel === "letter",
    isEmail: campaign.channel === "email",
    sending: sendingProgress(campaign, scope.clock.now(), scope.place),
    isEnded: campaign.state === "completed",
    isSent: isSent(campaign),
    move: moveOf(campaign),
    isArchived: campaign.archivedAt !== null,
    ...verbsOf(scope, campaign, here),
    line: lineOf(scope, campaign),
    figures: campaign.listed > 0 ? figuresOf(scope, campaign) : [],
    tabs: tabs.map(({ rows: _, ...tab }) => tab),
    recipients: page.recipients.map((recipient) => toLine(scope, campaign, recipient)),
    foot: footOf(address, page, tabs.find(({ current }) => current)?.rows ?? 0),
    collecting: additions.find(({ state }) => state === "collecting") ?? null,
    undoing: additions.find(({ isBeingUndone }) => isBeingUndone) ?? null,
    additions: additions.filter((addition) => !isAtWork(addition)).map((addition) => told(scope, addition)),
    description: campaign.description,
    about: aboutOf(scope, campaign),
    text: asTyped(campaign.body),
  };
}

/** The call desk is there for whoever reads, once the calls have begun. */
function verbsOf(scope: Scope, { channel, state }: WholeCampaign, here: string) {
  const callDeskHref = channel === "phone" && state !== "draft" ? `${here}/calls` : null;
  return { callDeskHref, hasVerbs: can(scope, "campaigns.write") || callDeskHref !== null };
}

/** To each on its list the mail was given, or was refused, or nobody knows. */
function isSent(campaign: WholeCampaign): boolean {
  const { channel, state, reached, failed, unknown } = campaign;
  const tried = reached + failed + unknown;
  return channel === "email" && state === "running" && tried > 0 && tried >= recipientCount(campaign);
}

type Page = Awaited<ReturnType<typeof listRecipients>>;

/** Of what is looked for it is not known how many there are, only whether there are more. */
function footOf(address: ListAddress, { from, to, previous, next }: Page, rows: number) {
  const found = { total: to, capped: next !== null };
  const href = (cursor: RecipientCursor | null) => (cursor ? listQuery({ ...address, cursor }) : undefined);
  return {
    ...{ from, to, previousHref: href(previous), nextHref: href(next) },
    ...(address.find === "" ? { total: Math.max(rows, to), capped: false } : found),
  };
}

function lineOf({ place }: Scope, campaign: WholeCampaign): string {
  const { channel, state, plannedOn, startedAt, startedBy, completedAt } = campaign;
  const when = () => {
    if (completedAt) return `ended ${formatDate(place, completedAt)}`;
    if (startedAt) return `began ${formatDate(place, startedAt)}${startedBy ? ` by ${startedBy}` : ""}`;
    return plannedOn ? `planned for ${formatDate(place, plannedOn)}` : null;
  };
  return [channelNames[channel], stateNames[state].toLowerCase(), when()].filter(Boolean).join(", ");
}

/** What comes next; an email begins by being sent. */
function moveOf({ state, channel, listed, leftOut }: WholeCampaign): { to: string; label: string } | null {
  if (state === "running") return { to: "completion", label: "Complete" };
  if (state === "completed") return { to: "resumption", label: "Take up again" };
  if (channel === "email" || listed === leftOut) return null;
  return { to: "start", label: channel === "phone" ? "Begin the calls" : "Begin" };
}

/** Each leads to its rows. Shares are of those reached. */
function figuresOf({ account, place: { locale } }: Scope, campaign: WholeCampaign) {
  const { id, channel, reached, responded, converted, reachedResponded, reachedConverted, currency } = campaign;
  const count = (number: number) => number.toLocaleString(locale);
  const money = (minor: bigint) => formatMoney({ minor, currency }, locale);
  const share = (share: string) => (reached === 0 ? "" : `, ${share} ${reached < FEW ? "" : "of those "}reached`);
  const rows = (some: Partial<FigureFilter>) =>
    `/${account.slug}/campaigns/${id}/figures/recipients${figureQuery(some)}`;
  return [
    {
      value: count(recipientCount(campaign)),
      label: `to be ${channel === "phone" ? "called" : "written to"}, of ${count(campaign.listed)} listed`,
    },
    { value: count(reached), label: reached > 0 ? "reached" : "reached so far", href: rows({ part: "reached" }) },
    {
      value: count(responded),
      label: `responded or converted${share(shareText(reachedResponded, reached, locale))}`,
      href: rows({ answer: "positive" }),
    },
    {
      value: count(converted),
      label: `converted${share(shareWithInterval(reachedConverted, reached, locale))}`,
      href: rows({ answer: "converted" }),
    },
    { value: money(campaign.valueMinor), label: `value, for ${money(campaign.costMinor)} spent` },
  ];
}

function toLine(
  { account, place }: Scope,
  { id: campaignId, channel, currency }: WholeCampaign,
  recipient: Recipient,
): RecipientLine {
  const { contactId, name, address, leftOut, writtenTo, response, respondedOn, valueMinor: minor } = recipient;
  return {
    ...{ contactId, leftOut, response },
    name: name ?? "A contact that is gone",
    href: `/${account.slug}/campaigns/${campaignId}/recipients/${contactId}`,
    address: address === null ? "" : channel === "phone" ? phoneText(address, account.phoneCountry) : address,
    writtenTo: writtenTo?.name ?? null,
    respondedOn: respondedOn ? formatShortDate(place, respondedOn) : "",
    value: minor === null ? "" : formatMoney({ minor, currency }, place.locale),
  };
}

const isAtWork = ({ state, isBeingUndone }: Addition) => state === "collecting" || isBeingUndone;

function told({ place }: Scope, { id, askedAt, askedBy, ...addition }: Addition) {
  return { ...addition, id, at: formatInstant(place, askedAt), by: askedBy };
}

function pauseWords(months: number | null): string | null {
  return months === null ? null : `Spared the topic for ${months === 1 ? "a month" : `${months} months`}`;
}

function aboutOf({ place }: Scope, campaign: WholeCampaign) {
  const { costMinor: minor, currency } = campaign;
  const facts: { label: string; value: string | null }[] = [
    { label: "Topic", value: campaign.topic },
    { label: "Not interested", value: pauseWords(campaign.pauseMonths) },
    { label: "Looked after by", value: campaign.ownerName },
    { label: "Planned for", value: campaign.plannedOn && formatDate(place, campaign.plannedOn) },
    { label: "Cost", value: minor === 0n ? null : formatMoney({ minor, currency }, place.locale) },
    { label: "Subject", value: campaign.subject },
    {
      label: "Made",
      value: `${formatInstant(place, campaign.createdAt)}${campaign.createdBy ? ` by ${campaign.createdBy}` : ""}`,
    },
  ];
  return facts.flatMap(({ label, value }) => (value ? [{ label, value }] : []));
}
