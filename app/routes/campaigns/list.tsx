import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { type ReactNode } from "react";
import { can } from "~/features/accounts/rights";
import {
  type Campaign,
  channelNames,
  channels,
  recipientCount,
  stateNames,
  states,
} from "~/features/campaigns/campaign";
import { shareText } from "~/features/campaigns/figures/shares";
import { listCampaigns } from "~/features/campaigns/campaigns.server";
import { requireScope } from "~/http/scope.server";
import { formatShortDate } from "~/platform/time";
import { ButtonLink } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { FilterBar, FilterSelect } from "~/ui/filter-bar";
import { PageHead } from "~/ui/page-head";
import { Status, type StatusKind } from "~/ui/status";
import { type Column, Table } from "~/ui/table";

const looks: Record<Campaign["state"], StatusKind> = { draft: "queued", running: "running", completed: "done" };

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Campaigns · ${data.accountName}` : "Campaigns" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "campaigns.read");
  const { searchParams } = new URL(args.request.url);
  const filters = {
    state: states.find((state) => state === searchParams.get("state")) ?? null,
    channel: channels.find((channel) => channel === searchParams.get("channel")) ?? null,
    archived: searchParams.get("archived") === "yes",
  };
  const { campaigns, older } = await listCampaigns(scope, filters, searchParams.get("before"));
  const { locale } = scope.place;
  const kept = new URLSearchParams([...searchParams].filter(([name]) => name !== "before"));
  return {
    accountName: scope.account.name,
    base: `/${scope.account.slug}/campaigns`,
    mayWrite: can(scope, "campaigns.write"),
    filters,
    isFiltered: filters.state !== null || filters.channel !== null || filters.archived,
    olderHref: older && `?${new URLSearchParams([...kept, ["before", older]]).toString()}`,
    campaigns: campaigns.map((campaign) => ({
      id: campaign.id,
      name: campaign.name,
      channel: channelNames[campaign.channel],
      state: campaign.state,
      when: when(campaign, (date) => formatShortDate(scope.place, date)),
      recipients: recipientCount(campaign).toLocaleString(locale),
      ...sharesOf(campaign, locale),
    })),
  };
}

/** Of those reached; where nobody is known to be, the bare counts. */
function sharesOf(campaign: Campaign, locale: string) {
  const { state, reached, responded, converted, reachedResponded, reachedConverted } = campaign;
  const share = (count: number, all: number) =>
    reached > 0 ? shareText(count, reached, locale) : all > 0 ? all.toLocaleString(locale) : "";
  return {
    reached: reached > 0 ? reached.toLocaleString(locale) : state === "draft" ? "" : "none yet",
    responded: share(reachedResponded, responded),
    converted: share(reachedConverted, converted),
  };
}

function when({ startedAt, completedAt, plannedOn }: Campaign, date: (value: string) => string): string {
  if (completedAt) return `ended ${date(completedAt)}`;
  if (startedAt) return `began ${date(startedAt)}`;
  return plannedOn ? `planned for ${date(plannedOn)}` : "";
}

type Line = ReturnType<typeof useLoaderData<typeof loader>>["campaigns"][number];

const columns: Column<Line>[] = [
  { key: "name", label: "Name", cell: ({ name }) => name },
  { key: "state", label: "State", cell: ({ state }) => <Status of={looks[state]}>{stateNames[state]}</Status> },
  { key: "channel", label: "Channel", cell: ({ channel }) => channel },
  { key: "recipients", label: "Recipients", numeric: true, cell: ({ recipients }) => recipients },
  { key: "reached", label: "Reached", numeric: true, cell: ({ reached }) => reached },
  { key: "responded", label: "Responded", numeric: true, cell: ({ responded }) => responded },
  { key: "converted", label: "Converted", numeric: true, cell: ({ converted }) => converted },
];

export default function Campaigns() {
  const { base, mayWrite, campaigns, filters, isFiltered, olderHref } = useLoaderData<typeof loader>();
  const make = (
    <ButtonLink tone="primary" href={`${base}/new`}>
      New campaign
    </ButtonLink>
  );
  return (
    <>
      <PageHead
        title={filters.archived ? "Archived campaigns" : "Campaigns"}
        line="Emails, calls and letters to many, and who answered. Shares are of those reached."
        actions={
          <>
            {campaigns.length > 0 ? <ButtonLink href={`${base}/comparison`}>Compare</ButtonLink> : null}
            {mayWrite ? <ButtonLink href={`${base}/returned`}>Returned letters</ButtonLink> : null}
            {mayWrite ? make : null}
          </>
        }
      />
      {campaigns.length > 0 || isFiltered ? <Filters /> : null}
      {campaigns.length === 0 ? (
        <None make={mayWrite ? make : null} />
      ) : (
        <Table
          caption="Campaigns"
          rows={campaigns}
          rowKey={({ id }) => id}
          href={({ id }) => `${base}/${id}`}
          under={({ when }) => when || null}
          columns={columns}
        />
      )}
      {olderHref ? (
        <p>
          <a href={olderHref}>Older campaigns</a>
        </p>
      ) : null}
    </>
  );
}

function Filters() {
  const { base, filters, isFiltered } = useLoaderData<typeof loader>();
  return (
    <FilterBar action={base} clearHref={isFiltered ? base : undefined}>
      <FilterSelect
        name="state"
        label="State"
        any="Any state"
        value={filters.state ?? ""}
        options={states.map((value) => ({ value, label: stateNames[value] }))}
      />
      <FilterSelect
        name="channel"
        label="Channel"
        any="Any channel"
        value={filters.channel ?? ""}
        options={channels.map((value) => ({ value, label: channelNames[value] }))}
      />
      <FilterSelect
        name="archived"
        label="Archived"
        any="Not archived"
        value={filters.archived ? "yes" : ""}
        options={[{ value: "yes", label: "Archived" }]}
      />
    </FilterBar>
  );
}

function None({ make }: { make: ReactNode }) {
  const { base, isFiltered } = useLoaderData<typeof loader>();
  return (
    <Empty actions={make && !isFiltered ? make : <ButtonLink href={base}>All campaigns</ButtonLink>}>
      {isFiltered
        ? "No campaign is like this."
        : "A campaign is a mailing, a round of calls or a run of letters. Tallybook keeps who was written to, who was left out and why, and what they answered."}
    </Empty>
  );
}
