import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { can } from "~/features/accounts/rights";
import { countAndShare } from "~/features/campaigns/figures/shares";
import { WorkedLately } from "~/features/campaigns/figures/worked-lately";
import { readWorkedLately, workedLately } from "~/features/campaigns/figures/worked-lately.server";
import { countForHome, findAttention, HOME_COUNT_LIMIT } from "~/features/contacts/home/attention.server";
import { contactToDos } from "~/features/contacts/home/attention-words";
import { countedContacts, kindNames } from "~/features/contacts/contact";
import { ChangedLast } from "~/features/contacts/home/changed-last";
import { listChangedLast } from "~/features/contacts/home/changed-last.server";
import { connectorToDos } from "~/features/connectors/troubled-words";
import { readTroubled, troubledConnectors } from "~/features/connectors/troubled.server";
import { rowsLeft, settled } from "~/features/pipeline/corrections/rows-left.server";
import { LatestRuns } from "~/features/pipeline/run/latest-runs";
import { runToDos } from "~/features/pipeline/run/run-to-dos";
import { listRuns } from "~/features/pipeline/run/runs.server";
import { requireScope } from "~/http/scope.server";
import { fromJson } from "~/platform/db/json.server";
import { packTexts } from "~/platform/db/pack-rows";
import { type Scope } from "~/platform/scope.server";
import { dateIn, formatInstant, formatRelative } from "~/platform/time";
import { Banner } from "~/ui/banner";
import { ButtonLink, PostButton } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { Facts } from "~/ui/facts";
import { PageHead } from "~/ui/page-head";
import { formatCount } from "~/ui/pagination";
import { Panel } from "~/ui/panel";

const SHOWN = 6;
/** The latest imports, among which what needs attention is looked for. */
const LOOKED_AT = 24;

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `Home · ${data.name}` : "Home" }];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "account.read");
  const { account, clock, place } = scope;
  const [newest, latest, attention, { along, ...counts }] = await Promise.all([
    listChangedLast(scope, SHOWN),
    listRuns(scope, { limit: LOOKED_AT, drafts: can(scope, "contacts.import") }),
    findAttention(scope),
    countForHome(scope, { along: packTexts(scope.database.dialect, alongFor(scope)) }),
  ]);
  const left = await rowsLeft(scope, latest);
  const runs = settled(latest, left);
  const { worked, connectors } = fromJson<Along>(along ?? "{}");
  const shown = (instant: string) => ({
    at: instant,
    text: formatInstant(place, instant),
    ago: formatRelative(place.locale, instant, clock.now()),
  });
  const today = dateIn(account.timeZone, clock.now());
  return {
    name: account.name,
    base: `/${account.slug}`,
    may: {
      write: can(scope, "contacts.write"),
      import: can(scope, "contacts.import"),
      archive: can(scope, "contacts.archive"),
    },
    locale: place.locale,
    counts: { ...counts, limit: HOME_COUNT_LIMIT },
    toDos: [
      ...runToDos(runs, left),
      ...connectorToDos(readTroubled(connectors, place.locale)),
      ...contactToDos(attention, today, place),
    ],
    worked: readWorkedLately(worked).map(({ reached, responded, converted, ...campaign }) => ({
      ...campaign,
      reached: reached.toLocaleString(place.locale),
      responded: countAndShare(responded, reached, place.locale),
      converted: countAndShare(converted, reached, place.locale),
    })),
    contacts: newest.map(({ id, name, kind, changedAt }) => ({
      id,
      name,
      kind: kindNames[kind],
      changed: shown(changedAt),
    })),
    runs: runs.slice(0, SHOWN).map(({ id, fileName, state, undone, createdAt, startedAt, startedBy, createdBy }) => ({
      isUndone: undone !== null,
      id,
      fileName,
      state,
      by: startedBy ?? createdBy,
      when: shown(startedAt ?? createdAt),
      verb: startedAt ? "Started" : "Uploaded",
    })),
  };
}

type Along = { worked?: string | null; connectors?: string | null };

/** What is read along with the counts, as far as the reader may see it. */
function alongFor(scope: Scope) {
  return {
    ...(can(scope, "campaigns.read") ? { worked: workedLately(scope) } : {}),
    ...(can(scope, "connectors.manage") ? { connectors: troubledConnectors(scope) } : {}),
  };
}

export default function Home() {
  const { name, base, may, contacts, runs, counts, toDos, worked } = useLoaderData<typeof loader>();
  return (
    <>
      {counts.sample > 0 && may.archive ? (
        <Banner tone="warn" undo={{ href: `${base}/sample-data`, label: "Take them away" }}>
          {counts.sample === counts.all
            ? "These are sample contacts, to try things with."
            : `${counts.sample} of the contacts here are samples, to try things with.`}
        </Banner>
      ) : null}
      <PageHead title={name} line={<CountLine />} actions={<HeadActions />} />
      <div className="space-y-6">
        {toDos.length > 0 ? (
          <Panel title="What needs attention">
            <div className="beside-above">
              <ToDos />
            </div>
          </Panel>
        ) : null}
        {worked.length > 0 ? (
          <Panel
            title="What worked lately"
            line="Shares are of those reached."
            actions={<a href={`${base}/campaigns/comparison`}>Compare all</a>}
          >
            <WorkedLately base={base} campaigns={worked} />
          </Panel>
        ) : null}
        <Panel title="Changed last">
          {contacts.length > 0 ? <ChangedLast base={base} contacts={contacts} /> : <NothingYet />}
        </Panel>
        {runs.length > 0 ? (
          <Panel title="Imports">
            <LatestRuns base={base} runs={runs} />
          </Panel>
        ) : null}
      </div>
    </>
  );
}

function HeadActions() {
  const { base, may, contacts } = useLoaderData<typeof loader>();
  // A new account begins with its list, which the empty page offers: there is one first step, not two.
  const isNew = contacts.length === 0 && may.import;
  return (
    <>
      {may.import && !isNew ? <ButtonLink href={`${base}/contacts/import`}>Import a list</ButtonLink> : null}
      {may.write ? (
        <ButtonLink tone={isNew ? "plain" : "primary"} href={`${base}/contacts/new`}>
          New contact
        </ButtonLink>
      ) : null}
    </>
  );
}

/** "2,000 contacts, 312 of them yours": the latter leads to them. */
function CountLine() {
  const { base, counts, locale } = useLoaderData<typeof loader>();
  const text = (count: number) => formatCount(Math.min(count, counts.limit), { capped: count > counts.limit, locale });
  const all = countedContacts(counts.all, locale, { text: text(counts.all) });
  const isAllTheirs = counts.own === counts.all && counts.all <= counts.limit;
  if (counts.own === 0) return all;
  return (
    <>
      {all}, <a href={`${base}/contacts?owner=me`}>{isAllTheirs ? "all yours" : `${text(counts.own)} of them yours`}</a>
    </>
  );
}

function ToDos() {
  const { base, toDos } = useLoaderData<typeof loader>();
  return (
    <Facts
      facts={toDos.map(({ label, href, who, words }) => ({
        label,
        value: (
          <>
            {href === null ? who : <a href={`${base}/${href}`}>{who}</a>} {words}
          </>
        ),
      }))}
    />
  );
}

function NothingYet() {
  const { base, may } = useLoaderData<typeof loader>();
  return (
    <Empty
      actions={
        may.import ? (
          <>
            <ButtonLink tone="primary" href={`${base}/contacts/import`}>
              Import a list
            </ButtonLink>
            <PostButton action={`${base}/sample-data`}>Load sample data</PostButton>
          </>
        ) : undefined
      }
    >
      The people and companies you know will be here. Add one by hand, import a list you have, or look round with sample
      data, which goes away again in one step.
    </Empty>
  );
}
