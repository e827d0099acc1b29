import { type ConnectorView } from "~/routes/connectors/connector/connector.server";
import { HowItStands } from "~/routes/connectors/connector/how-it-stands";
import { ConnectionPanel, ReadPanel, WhenPanel, WrittenPanel } from "~/routes/connectors/connector/chosen-panels";
import { ButtonLink, PostButton } from "~/ui/button";
import { PageHead } from "~/ui/page-head";
import { formatCount } from "~/ui/pagination";
import { Columns, Panel } from "~/ui/panel";
import { ProviderLogo } from "~/ui/provider-logo";
import { Status } from "~/ui/status";
import { Table } from "~/ui/table";
import { Time } from "~/ui/time";

/** One connector: how it stands and what to do about it, what it did, what is chosen of it. */
export function ConnectorPage({ view }: { view: ConnectorView }) {
  const { name, system, whose, logo, page, account, state, isByKey } = view;
  const isSetUp = state !== "setting-up";
  return (
    <>
      <PageHead
        title={name}
        line={
          <span className="with-logo">
            <ProviderLogo src={logo} name={system} />
            {[system === name ? null : system, whose ?? (isByKey ? null : "not connected to an account yet")]
              .filter(Boolean)
              .join(" · ") || (isByKey ? "by a key" : null)}
          </span>
        }
        back={{ href: `${account}/connectors`, label: "Connectors" }}
        actions={<Verbs view={view} />}
      />
      <HowItStands view={view} />
      {isSetUp ? (
        <Columns
          side={
            <>
              <WhenPanel view={view} />
              <ConnectionPanel view={view} />
            </>
          }
        >
          <Runs view={view} />
          <ReadPanel view={view} />
          <WrittenPanel view={view} />
        </Columns>
      ) : null}
      <div className="form-actions">
        <ButtonLink href={`${page}/settings`}>Rename and settings</ButtonLink>
        <ButtonLink tone="danger" href={`${page}/deletion`}>
          Delete
        </ButtonLink>
      </div>
    </>
  );
}

function Verbs({ view: { state, page, atWork, isOffered } }: { view: ConnectorView }) {
  if (state !== "on" && state !== "paused") return null;
  return (
    <>
      {state === "on" ? (
        <PostButton action={`${page}/pausing`}>Pause</PostButton>
      ) : (
        <PostButton action={`${page}/resumption`}>Switch on</PostButton>
      )}
      {atWork || !isOffered ? null : (
        <PostButton tone="primary" action={`${page}/start`} fields={{ mode: "changes" }}>
          Run now
        </PostButton>
      )}
    </>
  );
}

function Runs({ view }: { view: ConnectorView }) {
  const { runs, account, page, state, atWork, refused, locale } = view;
  const mayRun = (state === "on" || state === "paused") && atWork === null && view.isOffered;
  return (
    <Panel
      title="Runs"
      line={runs.length === 0 ? undefined : "The newest first."}
      actions={
        runs.length === 0 ? undefined : (
          <>
            <a href={view.allRunsHref}>All its runs</a> <a href={`${page}/statistics`}>Its figures</a>
          </>
        )
      }
    >
      {runs.length === 0 ? (
        <p className="quiet">Nothing has been read yet.</p>
      ) : (
        <Table
          bare
          caption="Runs of this connector"
          rows={runs}
          rowKey={({ id }) => id}
          href={({ id }) => `${account}/imports/${id}`}
          columns={[
            { key: "when", label: "When", cell: ({ at, when }) => <Time at={at}>{when}</Time> },
            { key: "state", label: "State", cell: ({ standing: { of, words } }) => <Status of={of}>{words}</Status> },
            { key: "counts", label: "What it did", cell: ({ counts }) => counts },
          ]}
        />
      )}
      {mayRun ? (
        <div className="actions mt-4">
          <PostButton small action={`${page}/start`} fields={{ mode: "whole" }}>
            Read everything anew
          </PostButton>
          {refused > 0 ? (
            <PostButton small action={`${page}/start`} fields={{ mode: "refused" }}>
              Try only the refused again, {formatCount(refused, { locale })}
            </PostButton>
          ) : null}
        </div>
      ) : null}
    </Panel>
  );
}
