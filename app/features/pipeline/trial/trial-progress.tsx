import { pace } from "~/features/pipeline/run/run";
import { type TrialFacts } from "~/features/pipeline/trial/trials.server";
import { formatDuration, millisecondsBetween, type Place } from "~/platform/time";
import { formatCount } from "~/ui/pagination";
import { Panel } from "~/ui/panel";
import { Progress } from "~/ui/progress";
import { Status } from "~/ui/status";

interface TrialProgressProps {
  place: Place;
  now: string;
  fileName: string;
  trial: Pick<TrialFacts, "state" | "read" | "total" | "startedAt">;
  refresh: { on: boolean; href: string };
}

/** How far the check of all rows has come. */
export function TrialProgress({ place, now, fileName, trial, refresh }: TrialProgressProps) {
  const { read, total, startedAt } = trial;
  const counts = { read, created: 0, changed: 0, same: 0, refused: 0 };
  const speed = startedAt ? pace(counts.read, total, millisecondsBetween(startedAt, now)) : null;
  return (
    <Panel
      title="Checking all rows"
      line="What the import would do is worked out first. Nothing is stored."
      actions={<Status of={trial.state === "queued" ? "queued" : "running"} />}
    >
      <Progress
        label={`Checking ${fileName}`}
        done={read}
        total={total ?? undefined}
        noun="rows"
        rate={speed ? `about ${formatCount(Math.round(speed.perSecond), place)} a second` : undefined}
        left={speed?.leftMs ? `about ${formatDuration(speed.leftMs)} left` : undefined}
        refresh={refresh}
        locale={place.locale}
      />
    </Panel>
  );
}
