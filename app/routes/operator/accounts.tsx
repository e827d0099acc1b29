import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { listAccounts } from "~/features/accounts/accounts.server";
import { isRegistrationOpen } from "~/features/sign-in/registration-links.server";
import { FlashBanner } from "~/flash-banner";
import { installationScope, requireOperator } from "~/http/scope.server";
import { visitorPlace } from "~/http/visitor-place.server";
import { canMail } from "~/platform/mail/write-mail.server";
import { listJobs, queueHealth } from "~/platform/queue/queue-health.server";
import { formatDate, formatInstant } from "~/platform/time";
import { Banner } from "~/ui/banner";
import { ButtonLink, PostButton } from "~/ui/button";
import { Facts } from "~/ui/facts";
import { OutsideFrame } from "~/ui/outside-frame";
import { Panel } from "~/ui/panel";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "This installation · Tallybook" }];

/** Failures for good that are shown; they stay for 30 days. */
const MOST_FAILED = 20;

const workNames: Record<string, string> = {
  run_import: "An import",
  send_link: "A link by mail",
  send_mail: "A mail",
  sweep: "Tidying up",
};

/** What the operator sees of the accounts: that they are there, never what is in them. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const visitor = await requireOperator({ request, context });
  const where = visitorPlace(visitor, request);
  const scope = installationScope(context);
  const accounts = await listAccounts(scope);
  const own = new Set(visitor.places.map((place) => place.account.id));
  const { workers, running, waiting, later, failed } = await queueHealth(scope);
  const jobs = failed > 0 ? await listJobs(scope) : [];
  return {
    registration: { isOpen: await isRegistrationOpen(scope), canMail: canMail(context) },
    place: where,
    work: { workers, running, waiting: waiting + later, failed },
    failures: jobs
      .filter((job) => job.state === "failed")
      .slice(0, MOST_FAILED)
      .map(({ id, task, createdAt, attempts, lastError }) => ({
        id,
        what: workNames[task] ?? task,
        since: formatInstant(where, createdAt),
        attempts,
        lastError: lastError ?? "The worker ended before it could say why.",
      })),
    accounts: accounts.map(({ id, name, slug, members, createdAt }) => ({
      id,
      name,
      address: `/${slug}`,
      isOwn: own.has(id),
      members,
      created: formatDate(where, createdAt),
    })),
  };
}

export default function AllAccounts() {
  const { accounts, work, place } = useLoaderData<typeof loader>();
  const number = (count: number) => count.toLocaleString(place.locale);
  return (
    <OutsideFrame
      title="This installation"
      line={`Its accounts and the work behind them. You see into an account only where you have a place in it. Times are those of ${place.timeZone.replaceAll("_", " ")}.`}
      place={<a href="/person">Back</a>}
      wide
    >
      <div>
        <FlashBanner />
        <Panel
          title="Accounts"
          actions={
            <>
              <a href="/operator/people">People</a>
              <ButtonLink small href="/operator/accounts/new">
                New account
              </ButtonLink>
            </>
          }
        >
          <Table
            caption="All accounts of this installation"
            columns={[
              { key: "name", label: "Account", cell: (account) => account.name },
              { key: "address", label: "Address", cell: (account) => account.address },
              { key: "members", label: "Members", cell: (account) => number(account.members), numeric: true },
              { key: "created", label: "Since", cell: (account) => account.created },
            ]}
            rows={accounts}
            rowKey={(account) => account.id}
            href={(account) => (account.isOwn ? account.address : undefined)}
            bare
          />
        </Panel>
        <SelfRegistration />
        <Panel title="Background work" actions={<a href="/operator/mail">All mail</a>}>
          {work.workers === 0 ? (
            <Banner tone="bad">Nothing does the background work: start the worker, or imports wait for ever.</Banner>
          ) : null}
          <Facts
            facts={[
              { label: "Workers", value: number(work.workers) },
              { label: "Running", value: number(work.running) },
              { label: "Waiting", value: number(work.waiting) },
              { label: "Failed for good", value: number(work.failed) },
            ]}
          />
          <Failures />
        </Panel>
      </div>
    </OutsideFrame>
  );
}

function SelfRegistration() {
  const { isOpen, canMail } = useLoaderData<typeof loader>().registration;
  return (
    <Panel
      title="Self-registration"
      line={
        isOpen
          ? "On: anybody who has a mail address can make an account for a firm of theirs at /register."
          : "Off: accounts are made by you."
      }
    >
      {canMail ? null : <p className="mb-3">No mail goes out from here, so nobody can register, on or off.</p>}
      <PostButton action="/operator/registration" fields={{ open: isOpen ? "no" : "yes" }}>
        {isOpen ? "Switch off" : "Switch on"}
      </PostButton>
    </Panel>
  );
}

function Failures() {
  const { failures } = useLoaderData<typeof loader>();
  if (failures.length === 0) return null;
  return (
    <Table
      caption="Work that failed for good, and why"
      columns={[
        { key: "what", label: "What", cell: (failure) => failure.what },
        { key: "since", label: "Asked for", cell: (failure) => failure.since, fit: "keep" },
        { key: "attempts", label: "Tries", cell: (failure) => failure.attempts, numeric: true },
        { key: "error", label: "Last error", cell: (failure) => failure.lastError },
      ]}
      rows={failures}
      rowKey={(failure) => failure.id}
      bare
    />
  );
}
