import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { can } from "~/features/accounts/rights";
import { countForHome, findAttention } from "~/features/contacts/home/attention.server";
import { contactToDos } from "~/features/contacts/home/attention-words";
import { countedContacts, kindNames } from "~/features/contacts/contact";
import { listChangedLast } from "~/features/contacts/home/changed-last.server";
import { COUNT_LIMIT } from "~/features/contacts/list/contact-list";
import { rowsLeft, settled } from "~/features/pipeline/corrections/rows-left.server";
import { LatestRuns } from "~/features/pipeline/run/latest-runs";
import { runToDos } from "~/features/pipeline/run/run-to-dos";
import { listRuns } from "~/features/pipeline/run/runs.server";
import { requireScope } from "~/http/scope.server";
import { dateIn, formatInstant, formatRelative } from "~/platform/time";
import { Banner } from "~/ui/banner";
import { ButtonLink, PostButton } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { Facts } from "~/ui/facts";
import { PageHead } from "~/ui/page-head";
import { formatCount } from "~/ui/pagination";
import { Panel } from "~/ui/panel";
import { Table } from "~/ui/table";
import { Time } from "~/ui/time";

const SHOWN = 6;
/** The latest imports, among which what needs attention is looked for. */
const LOOKED_AT = 24;

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `Home · ${data.name}` : "Home" }];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "account.read");
  const { account, clock, place } = scope;
  const [newest, latest, attention, counts] = await Promise.all([
    listChangedLast(scope, SHOWN),
    listRuns(scope, { limit: LOOKED_AT, drafts: can(scope, "contacts.import") }),
    findAttention(scope),
    countForHome(scope),
  ]);
  const left = await rowsLeft(scope, latest);
  const runs = settled(latest, left);
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
    counts: { ...counts, all: Math.min(counts.all, COUNT_LIMIT), isCapped: counts.all > COUNT_LIMIT },
    toDos: [...runToDos(runs, left), ...contactToDos(attention, today, place)],
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

export default function Home() {
  const { name, base, may, contacts, runs, counts, toDos } = useLoaderData<typeof loader>();
  return (
    <>
      {counts.sample > 0 && may.archive ? (
        <Banner tone="warn" undo={{ href: `${base}/sample-data`, label: "Take them away" }}>
          {counts.sample === counts.all && !counts.isCapped
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
        <Panel title="Changed last">{contacts.length > 0 ? <ChangedLast /> : <NothingYet />}</Panel>
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
  const text = (count: number, capped: boolean) => formatCount(count, { capped, locale });
  const all = countedContacts(counts.all, locale, { text: text(counts.all, counts.isCapped) });
  if (counts.own === 0) return all;
  return (
    <>
      {all},{" "}
      <a href={`${base}/contacts?owner=me`}>
        {counts.own === counts.all ? "all yours" : `${text(counts.own, counts.own > counts.all)} of them yours`}
      </a>
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

interface Shown {
  at: string;
  text: string;
  ago: string;
}

function When({ at, text, ago }: Shown) {
  return (
    <Time at={at} title={ago}>
      {text}
    </Time>
  );
}

function ChangedLast() {
  const { base, contacts } = useLoaderData<typeof loader>();
  return (
    <Table
      caption="Contacts that changed last"
      columns={[
        { key: "name", label: "Name", cell: (contact) => contact.name },
        { key: "kind", label: "Kind", cell: (contact) => contact.kind },
        { key: "changed", label: "Changed", cell: (contact) => <When {...contact.changed} /> },
      ]}
      rows={contacts}
      rowKey={(contact) => contact.id}
      href={(contact) => `${base}/contacts/${contact.id}`}
      bare
    />
  );
}
