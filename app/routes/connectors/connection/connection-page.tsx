import { type ReactNode } from "react";
import { type ConnectionView } from "~/routes/connectors/connection/connection-view.server";
import { Permissions } from "~/routes/connectors/connection/permissions";
import { Banner } from "~/ui/banner";
import { ButtonLink, PostButton } from "~/ui/button";
import { Facts, type Fact } from "~/ui/facts";
import { stepsOf } from "~/features/connectors/set-up-steps";
import { PageHead } from "~/ui/page-head";
import { Panel } from "~/ui/panel";
import { Status } from "~/ui/status";
import { Steps } from "~/ui/steps";

const standings = {
  connected: <Status of="done">Connected</Status>,
  never: <Status of="pending">Not connected yet</Status>,
  refused: <Status of="attention">Not connected</Status>,
  again: <Status of="attention">Has to be connected again</Status>,
  ended: <Status of="cancelled">Disconnected</Status>,
} as const;

/** Where a key is all there is, nobody agrees to anything. */
const standingByKey = { ...standings, again: <Status of="attention">Needs its key again</Status> };

/** How a connector stands with its system: whose account it is, since when, what was agreed to, whether it can be read. */
export function ConnectionPage({ view }: { view: ConnectionView }) {
  const { name, system, way, standing, connector, isSettingUp } = view;
  return (
    <>
      <PageHead
        title={`Connection of ${name}`}
        line={`How Tallybook gets into ${system}.`}
        back={{ href: connector, label: name }}
        actions={<HeadAction view={view} />}
      />
      {isSettingUp ? <Steps {...stepsOf(connector, "connection")} /> : null}
      {way === "gone" ? (
        <Banner tone="warn">{system} is not offered here any more. What was read stays; nothing new comes in.</Banner>
      ) : null}
      {standing === "again" ? <Again view={view} /> : null}
      {standing === "ended" ? <Ended view={view} /> : null}
      {standing === "refused" ? <Refused view={view} /> : null}
      <AnotherAccount view={view} />
      <Panel title="Access">
        <Facts facts={accessFacts(view)} />
      </Panel>
      {canBeTried(view) ? <TestPanel view={view} /> : null}
      {way === "oauth" ? <LinkPanel view={view} /> : null}
      {standing === "connected" ? <EndPanel view={view} /> : null}
    </>
  );
}

function canBeTried({ standing, way, hasKey }: ConnectionView): boolean {
  return standing === "connected" || standing === "refused" || (way === "key" && hasKey);
}

/** What was entered did not get in. */
function Refused({ view: { test, connector } }: { view: ConnectionView }) {
  return (
    <Banner tone="warn" undo={{ href: `${connector}/settings`, label: "Change what was entered" }}>
      {test?.problem} Until it can be read it is not connected.
    </Banner>
  );
}

function EndPanel({ view: { way, system, page } }: { view: ConnectionView }) {
  const line =
    way === "key"
      ? `Tallybook forgets its key to ${system}. There it stays good until somebody takes it back.`
      : `Tallybook gives its access to ${system} back and forgets it.`;
  return (
    <Panel title="End it" line={line}>
      <ButtonLink tone="danger" href={`${page}/disconnection`}>
        Disconnect
      </ButtonLink>
    </Panel>
  );
}

/** Somebody wanted it so. */
function Ended({ view: { ended, way } }: { view: ConnectionView }) {
  return (
    <p className="mb-4">
      {ended ? `${ended.why} Since ${ended.at} nothing is read. ` : null}To go on,{" "}
      {way === "key" ? "enter its key again in its settings." : "connect it again."}
    </p>
  );
}

function Again({ view: { ended, way, system, hasKey } }: { view: ConnectionView }) {
  return (
    <Banner tone="warn">
      {ended ? `${ended.why} Since ${ended.at} nothing is read. ` : `${system} did not take its key. `}
      {way === "oauth" ? "Connect it again, or send a link to whoever can sign in there." : null}
      {way === "key" ? "Enter it again in its settings. " : null}
      {way === "key" && hasKey ? "If the one that is kept is right, test it: it goes on when it can be read." : null}
    </Banner>
  );
}

function HeadAction({ view }: { view: ConnectionView }): ReactNode {
  const { way, standing, page, connector, isSettingUp } = view;
  if (way === "gone") return null;
  if (isSettingUp && standing === "connected") {
    return (
      <ButtonLink tone="primary" href={`${connector}/fields`}>
        Go on to what is read
      </ButtonLink>
    );
  }
  if (way === "key") {
    return (
      <ButtonLink tone={standing === "connected" ? "plain" : "primary"} href={`${connector}/settings`}>
        {standing === "connected" ? "Change its settings" : "Enter its key again"}
      </ButtonLink>
    );
  }
  return (
    <ButtonLink tone={standing === "connected" ? "plain" : "primary"} href={`${page}/begin`}>
      {standing === "never" ? "Connect" : "Connect again"}
    </ButtonLink>
  );
}

function AnotherAccount({ view: { whose, whoseBefore, isPaused } }: { view: ConnectionView }) {
  if (whoseBefore === null) return null;
  return (
    <Banner tone="warn">
      This is another account than before: {whose}, where it was {whoseBefore}.
      {isPaused ? " So it is paused. If that is right, switch it on: everything is then read anew." : null}
    </Banner>
  );
}

function accessFacts({ system, reads, standing, whose, since, scopes, way }: ConnectionView): Fact[] {
  return [
    { label: "System", value: system },
    ...(reads === null ? [] : [{ label: "To read", value: reads }]),
    { label: "State", value: (way === "key" ? standingByKey : standings)[standing] },
    ...(whose === null ? [] : [{ label: "Account there", value: whose }]),
    ...(since === null ? [] : [{ label: "Connected", value: since }]),
    ...(scopes.length === 0 ? [] : [{ label: "Allowed as", value: <Permissions scopes={scopes} /> }]),
    ...(way === "key" ? [{ label: "By", value: "A key, which is kept encrypted and never shown again" }] : []),
  ];
}

function TestPanel({ view: { test, page, standing } }: { view: ConnectionView }) {
  // Above it is told already why.
  const why = standing === "refused" ? null : test?.problem;
  return (
    <Panel
      title="Test"
      line="Reads as little as shows that reading works."
      actions={
        <PostButton small action={`${page}/testing`}>
          Test the connection
        </PostButton>
      }
    >
      {test === null ? (
        <p className="quiet">It has not been tested yet.</p>
      ) : (
        <p>
          <Status of={test.problem === null ? "done" : "failed"}>
            {test.problem === null ? "It can be read." : "It could not be read."}
          </Status>{" "}
          {why} <span className="quiet">{test.at}</span>
        </p>
      )}
    </Panel>
  );
}

function LinkPanel({ view: { system, page } }: { view: ConnectionView }) {
  return (
    <Panel
      title="Somebody else has the password?"
      line={`Send a link to whoever can sign in to ${system}. They need no place here.`}
    >
      <ButtonLink href={`${page}/link`}>Make a link</ButtonLink>
    </Panel>
  );
}
