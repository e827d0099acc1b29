import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { can } from "~/features/accounts/rights";
import { kindNames } from "~/features/contacts/contact";
import { readView } from "~/features/contacts/contact-list";
import { listContacts } from "~/features/contacts/list-contacts.server";
import { type RunState } from "~/features/pipeline/run";
import { listRuns } from "~/features/pipeline/runs.server";
import { requireScope } from "~/http/scope.server";
import { formatInstant, formatRelative } from "~/platform/time";
import { ButtonLink } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { PageHead } from "~/ui/page-head";
import { formatCount } from "~/ui/pagination";
import { Panel } from "~/ui/panel";
import { Status } from "~/ui/status";
import { Table } from "~/ui/table";
import { Time } from "~/ui/time";

const SHOWN = 6;

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `Home · ${data.name}` : "Home" }];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "account.read");
  const { account, clock } = scope;
  const newest = await listContacts(scope, readView(new URLSearchParams("sort=changed")));
  const runs = await listRuns(scope, { limit: SHOWN, drafts: can(scope, "contacts.import") });
  const shown = (instant: string) => ({
    at: instant,
    text: formatInstant(account, instant),
    ago: formatRelative(account.locale, instant, clock.now()),
  });
  return {
    name: account.name,
    base: `/${account.slug}`,
    may: { write: can(scope, "contacts.write"), import: can(scope, "contacts.import") },
    total: formatCount(newest.total, { capped: newest.capped, locale: account.locale }),
    contacts: newest.contacts
      .slice(0, SHOWN)
      .map(({ id, name, kind, changedAt }) => ({ id, name, kind: kindNames[kind], changed: shown(changedAt) })),
    runs: runs.map(({ id, fileName, state, createdAt, startedAt, startedBy, createdBy }) => ({
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
  const { name, base, may, total, contacts, runs } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title={name}
        line={total === "1" ? "1 contact" : `${total} contacts`}
        actions={
          <>
            {may.import ? <ButtonLink href={`${base}/contacts/import`}>Import a list</ButtonLink> : null}
            {may.write ? (
              <ButtonLink tone="primary" href={`${base}/contacts/new`}>
                New contact
              </ButtonLink>
            ) : null}
          </>
        }
      />
      <div className="space-y-6">
        <Panel title="Changed last">{contacts.length > 0 ? <ChangedLast /> : <NothingYet />}</Panel>
        {runs.length > 0 ? (
          <Panel title="Imports">
            <LatestRuns />
          </Panel>
        ) : null}
      </div>
    </>
  );
}

function NothingYet() {
  return <Empty>The people and companies you know will be here. Add one by hand, or import a list you have.</Empty>;
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

function RunStatus({ state }: { state: RunState }) {
  return state === "draft" ? <Status of="pending">Not started</Status> : <Status of={state} />;
}

function LatestRuns() {
  const { base, runs } = useLoaderData<typeof loader>();
  return (
    <Table
      caption="The latest imports"
      columns={[
        { key: "file", label: "File", cell: (run) => run.fileName },
        { key: "state", label: "State", cell: (run) => <RunStatus state={run.state} /> },
        {
          key: "when",
          label: "When",
          cell: (run) => (
            <>
              {run.verb} <When {...run.when} />
            </>
          ),
        },
      ]}
      rows={runs}
      rowKey={(run) => run.id}
      href={(run) => `${base}/imports/${run.id}`}
      under={(run) => run.by ?? undefined}
      bare
    />
  );
}
