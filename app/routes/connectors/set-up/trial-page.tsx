import { type TrialView } from "~/routes/connectors/set-up/trial-facts.server";
import { SetUpFrame } from "~/routes/connectors/set-up/set-up-frame";
import { TriedStream } from "~/routes/connectors/set-up/tried-stream";
import { Banner } from "~/ui/banner";
import { ButtonLink, PostButton } from "~/ui/button";
import { Figures } from "~/ui/figures";
import { formatCount } from "~/ui/pagination";
import { Panel } from "~/ui/panel";
import { Progress } from "~/ui/progress";
import { Status } from "~/ui/status";

export function TrialPage({ view }: { view: TrialView }) {
  const { trial, missing, base } = view;
  return (
    <SetUpFrame
      frame={view}
      title={`Trial of ${view.name}`}
      line={`What a run would do. It reads from ${view.system} and stores nothing.`}
    >
      {missing ? (
        <Banner tone="warn" undo={{ href: `${base}/${missing.step}`, label: "To that step" }}>
          {missing.words}
        </Banner>
      ) : null}
      <Ended view={view} />
      {trial?.isAtWork ? <AtWork view={view} /> : null}
      {trial?.state === "done" ? <Found view={view} /> : null}
      {trial?.isAtWork || missing ? null : <Next view={view} />}
    </SetUpFrame>
  );
}

function Ended({ view: { trial } }: { view: TrialView }) {
  if (trial?.state === "cancelled") return <Banner tone="warn">The trial was cancelled. Nothing was stored.</Banner>;
  if (trial?.state !== "failed") return null;
  return (
    <Banner tone="bad">
      The trial could not be made. {trial.problem} Nothing was stored, and nothing of what you chose is lost.
      {trial.reference ? ` Reference: ${trial.reference}.` : null}
    </Banner>
  );
}

function AtWork({ view: { trial, page, place, system, refreshes, mostTried } }: { view: TrialView }) {
  if (!trial) return null;
  return (
    <Panel
      title="Trying"
      line={trial.waits ?? `The first ${formatCount(mostTried, place)} of each are tried. Nothing is stored.`}
      actions={<Status of={trial.state === "queued" ? "queued" : "running"} />}
    >
      <Progress
        label={`Reading from ${system}`}
        done={trial.read}
        noun="records"
        cancelAction={`${page}/cancellation`}
        refresh={{ on: refreshes, href: refreshes ? `${page}?refresh=off` : page }}
        locale={place.locale}
      />
    </Panel>
  );
}

function Found({ view: { streams, place, slug, system } }: { view: TrialView }) {
  const sum = (of: (counts: (typeof streams)[number]["counts"]) => number) =>
    formatCount(
      streams.reduce((total, { counts }) => total + of(counts), 0),
      place,
    );
  return (
    <>
      <Figures
        figures={[
          { value: sum(({ read }) => read), label: "records tried" },
          { value: sum(({ created }) => created), label: "would be added" },
          { value: sum(({ changed }) => changed), label: "would change something" },
          { value: sum(({ same }) => same), label: "would leave all as it is" },
          { value: sum(({ refused }) => refused), label: "would be refused" },
        ]}
      />
      {streams.map((stream) => (
        <TriedStream key={stream.streamId} stream={stream} place={place} base={`/${slug}`} system={system} />
      ))}
    </>
  );
}

/** What can be done now: try, try again, switch on. */
function Next({ view: { base, page, trial, isSettingUp, system } }: { view: TrialView }) {
  const isTried = trial?.state === "done";
  return (
    <>
      {isTried ? null : (
        <p className="my-4">
          A trial reads the first records from {system} and tells what would be added, changed and refused, before
          anything is stored. It takes a minute or two.
        </p>
      )}
      <div className="form-actions mt-4">
        {isTried && isSettingUp ? <SwitchOn base={base} primary label="Switch it on" /> : null}
        <PostButton action={page} tone={isTried ? undefined : "primary"}>
          {isTried ? "Try again" : "Try it"}
        </PostButton>
        <ButtonLink href={isSettingUp ? `${base}/schedule` : base}>Back</ButtonLink>
      </div>
      {isSettingUp && !isTried ? (
        <Panel
          title="Without a trial"
          line="You see then only in the first run’s receipt what it has added and changed. It can be undone."
        >
          <SwitchOn base={base} label="Switch it on without a trial" />
        </Panel>
      ) : null}
    </>
  );
}

function SwitchOn({ base, label, primary }: { base: string; label: string; primary?: boolean }) {
  return (
    <PostButton action={`${base}/switching-on`} tone={primary ? "primary" : undefined}>
      {label}
    </PostButton>
  );
}
