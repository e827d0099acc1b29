import { type ConnectorView } from "~/routes/connectors/connector/connector.server";
import { Facts } from "~/ui/facts";
import { Panel } from "~/ui/panel";
import { Status } from "~/ui/status";

/** What is chosen of a connector, each with the page where that is changed. */

export function ReadPanel({ view: { streams, page } }: { view: ConnectorView }) {
  return (
    <Panel title="What is read, and where it goes" actions={<ReadLinks page={page} />}>
      {streams.length === 0 ? <p className="quiet">Nothing is chosen yet.</p> : null}
      {streams.map(({ id, noun, count, from, goes }) => (
        <div key={id} className="mb-2">
          <p>
            <b>{noun}</b>, {count} {count === 1 ? "field" : "fields"}
            {from ? `, from ${from} on` : null}
          </p>
          {goes.length > 0 ? (
            <details className="small">
              <summary>Where {count === 1 ? "it goes" : "they go"}</summary>
              <Facts
                facts={goes.map(({ to, columns }) => ({
                  label: to ?? "Nowhere",
                  value: columns.join(", "),
                }))}
              />
            </details>
          ) : null}
        </div>
      ))}
    </Panel>
  );
}

function ReadLinks({ page }: { page: string }) {
  return (
    <>
      <a href={`${page}/fields`}>What is read</a> <a href={`${page}/mapping`}>Where it goes</a>
    </>
  );
}

export function WrittenPanel({ view: { written, brake, page } }: { view: ConnectorView }) {
  return (
    <Panel title="How it is written" actions={<a href={`${page}/rules`}>Change the rules</a>}>
      {written.map((sentence) => (
        <p key={sentence} className="mb-2">
          {sentence}
        </p>
      ))}
      <p className="quiet">
        It stops and asks where more than {brake.share} % of the records, and at least {brake.atLeast}, would go or lose
        something.
      </p>
    </Panel>
  );
}

export function WhenPanel({ view: { next, often, page, state } }: { view: ConnectorView }) {
  return (
    <Panel title="When" actions={<a href={`${page}/schedule`}>Change when</a>}>
      <p>{often}.</p>
      <p className="quiet">{next === null ? "Not by itself now." : `Next run: ${next}.`}</p>
      {state === "paused" ? <p className="quiet">It is paused.</p> : null}
    </Panel>
  );
}

export function ConnectionPanel({ view: { whose, facts, test, page } }: { view: ConnectorView }) {
  return (
    <Panel title="Connection" actions={<a href={`${page}/connection`}>Test or change it</a>}>
      {whose === null ? null : <p className="mb-2">{whose}</p>}
      {facts.length > 0 ? <p className="mb-2">{facts.join(" ")}</p> : null}
      {test === null ? (
        <p className="quiet">It has not been tested yet.</p>
      ) : (
        <p>
          <Status of={test.problem === null ? "done" : "failed"}>
            {test.problem === null ? "It could be read." : "It could not be read."}
          </Status>{" "}
          {test.problem} <span className="quiet">{test.at}</span>
        </p>
      )}
    </Panel>
  );
}
