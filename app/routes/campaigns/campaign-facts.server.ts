/** A campaign's page: what it says, and the part of its list that is looked at. */
import { can } from "~/features/accounts/rights";
import {
  channelNames,
  recipientCount,
  responseNames,
  responses,
  stateNames,
  type WholeCampaign,
} from "~/features/campaigns/campaign";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { type FigureFilter, figureQuery } from "~/features/campaigns/figures/figure-filter";
import { FEW, shareText, shareWithInterval } from "~/features/campaigns/figures/shares";
import {
  type Addition,
  countLeftOut,
  type LeftOutCount,
  listAdditions,
  listRecipients,
  type Recipient,
  type RecipientCursor,
} from "~/features/campaigns/recipients/list-recipients.server";
import { sendingProgress } from "~/features/campaigns/mailing/sending-progress";
import { type RecipientLine } from "~/features/campaigns/recipients/recipients-table";
import { isStorable } from "~/features/contacts/values/typed-text";
import { notFound } from "~/http/answers.server";
import { formatMoney } from "~/platform/money";
import { type Scope } from "~/platform/scope.server";
import { formatInstant, formatDate, formatShortDate } from "~/platform/time";

const SHOWN_ADDITIONS = 8;

export type Shows = "all" | "left-out" | (typeof responses)[number];

/** Six statements with those of the frame. */
export async function campaignFacts(scope: Scope, campaignId: string, params: URLSearchParams) {
  const campaign = (await findCampaign(scope, campaignId)) ?? notFound();
  const base = `/${scope.account.slug}/campaigns`;
  const here = `${base}/${campaign.id}`;
  const shows = readShows(params.get("show"));
  const [page, leftOut, additions] = await Promise.all([
    listRecipients(
      scope,
      campaign,
      shows === "left-out" ? { leftOut: true } : { response: shows === "all" ? null : shows },
      readCursor(params),
    ),
    countLeftOut(scope, campaign.id),
    listAdditions(scope, campaign.id, SHOWN_ADDITIONS),
  ]);
  return {
    ...{ base, here, shows, leftOut },
    name: campaign.name,
    locale: scope.place.locale,
    may: { write: can(scope, "campaigns.write") },
    isDraft: campaign.state === "draft",
    takesBounces: campaign.channel === "email" && campaign.state !== "draft",
    isLetter: campaign.channel === "letter",
    isEmail: campaign.channel === "email",
    sending: sendingProgress(campaign, scope.clock.now(), scope.place),
    isEnded: campaign.state === "completed",
    move: moveOf(campaign),
    isArchived: campaign.archivedAt !== null,
    ...verbsOf(scope, campaign, here),
    line: lineOf(scope, campaign),
    figures: campaign.listed > 0 ? figuresOf(scope, campaign) : [],
    tabs: tabsOf(campaign, { here, shows, leftOut, locale: scope.place.locale }),
    recipients: page.recipients.map((recipient) => toLine(scope, campaign, recipient)),
    nextHref: page.next && `?${cursorQuery(shows, page.next)}`,
    collecting: additions.find(({ state }) => state === "collecting") ?? null,
    additions: additions.filter(({ state }) => state !== "collecting").map((addition) => told(scope, addition)),
    about: aboutOf(scope, campaign),
    text: campaign.body,
  };
}

/** The call desk is there for whoever reads, once the calls have begun. */
function verbsOf(scope: Scope, { channel, state }: WholeCampaign, here: string) {
  const callDeskHref = channel === "phone" && state !== "draft" ? `${here}/calls` : null;
  return { callDeskHref, hasVerbs: can(scope, "campaigns.write") || callDeskHref !== null };
}

function readShows(text: string | null): Shows {
  return text === "left-out" ? text : (responses.find((each) => each === text) ?? "all");
}

function readCursor(params: URLSearchParams): RecipientCursor | null {
  const [nameKey, contactId] = [params.get("key"), params.get("after")];
  return nameKey === null || contactId === null || !isStorable(nameKey) ? null : { nameKey, contactId };
}

function cursorQuery(shows: Shows, { nameKey, contactId }: RecipientCursor): string {
  const query = new URLSearchParams({ key: nameKey, after: contactId });
  if (shows !== "all") query.set("show", shows);
  return query.toString();
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
  const { id, reached, responded, converted, reachedResponded, reachedConverted, currency } = campaign;
  const count = (number: number) => number.toLocaleString(locale);
  const money = (minor: bigint) => formatMoney({ minor, currency }, locale);
  const share = (share: string) => (reached === 0 ? "" : `, ${share} ${reached < FEW ? "" : "of those "}reached`);
  const rows = (some: Partial<FigureFilter>) =>
    `/${account.slug}/campaigns/${id}/figures/recipients${figureQuery(some)}`;
  return [
    { value: count(recipientCount(campaign)), label: `to be written to, of ${count(campaign.listed)} listed` },
    { value: count(reached), label: reached > 0 ? "reached" : "reached so far", href: rows({ part: "reached" }) },
    {
      value: count(responded),
      label: `responded${share(shareText(reachedResponded, reached, locale))}`,
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

interface Tabs {
  here: string;
  shows: Shows;
  leftOut: readonly LeftOutCount[];
  locale: string;
}

/** Each counts what it lists. Who answered though they are left out is among the answers and among those left out. */
function tabsOf(campaign: WholeCampaign, { here, shows, leftOut: reasons, locale }: Tabs) {
  const written = recipientCount(campaign);
  const { responded, converted, notInterested, leftOut } = campaign;
  const answeredLeftOut = reasons.reduce((sum, { answered }) => sum + answered, 0);
  const tab = (show: Shows, label: string, count: number) => ({
    href: show === "all" ? here : `${here}?show=${show}`,
    label,
    current: shows === show,
    count: count.toLocaleString(locale),
  });
  return [
    tab("all", "All", written),
    tab("pending", responseNames.pending, written + answeredLeftOut - responded - notInterested),
    tab("responded", responseNames.responded, responded - converted),
    tab("converted", responseNames.converted, converted),
    tab("not-interested", responseNames["not-interested"], notInterested),
    tab("left-out", "Left out", leftOut),
  ];
}

function toLine(
  { account, place }: Scope,
  { id: campaignId, currency }: WholeCampaign,
  recipient: Recipient,
): RecipientLine {
  const { contactId, name, address, leftOut, writtenTo, response, respondedOn, valueMinor: minor } = recipient;
  return {
    ...{ contactId, leftOut, response },
    name: name ?? "A contact that is gone",
    href: `/${account.slug}/campaigns/${campaignId}/recipients/${contactId}`,
    address: address ?? "",
    writtenTo: writtenTo?.name ?? null,
    respondedOn: respondedOn ? formatShortDate(place, respondedOn) : "",
    value: minor === null ? "" : formatMoney({ minor, currency }, place.locale),
  };
}

function told({ place }: Scope, { id, askedAt, askedBy, ...addition }: Addition) {
  return { ...addition, id, at: formatInstant(place, askedAt), by: askedBy };
}

function pauseWords(months: number | null): string | null {
  return months === null ? null : `Spared the topic for ${months === 1 ? "a month" : `${months} months`}`;
}

function aboutOf({ place }: Scope, campaign: WholeCampaign) {
  const { costMinor: minor, currency } = campaign;
  const facts: { label: string; value: string | null }[] = [
    { label: "For", value: campaign.description },
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
