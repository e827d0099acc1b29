/** What is told of what works by itself: that it does not any more, and that it does again. */
import { type NoticeSubjects, type NoticeWords } from "~/features/notices/notice-kinds";
import { numberFormat } from "~/platform/number-formats";
import { formatShortDate } from "~/platform/time";

export function connectorWords({ connectorId, name, what, runId }: NoticeSubjects["connector-told"]): NoticeWords {
  const run = { path: `/imports/${runId ?? ""}`, label: "See what happened" };
  const page = `/connectors/${connectorId}`;
  switch (what) {
    case "failed":
      return { title: `Reading from “${name}” failed`, ...run };
    case "attention":
      return { title: `Reading from “${name}” needs a look`, ...run };
    case "asking":
      return { title: `“${name}” waits for an answer before it goes on`, path: page, label: "See what it asks" };
    case "needs-reconnecting":
      return { title: `“${name}” has to be connected again`, path: `${page}/connection`, label: "Connect it again" };
    case "recovered":
      return runId === null
        ? { title: `“${name}” is connected again`, path: `${page}/connection`, label: "See its connection" }
        : { title: `Reading from “${name}” works again`, ...run };
  }
}

export function comparisonWords({
  reconciliationId,
  name,
  runId,
  what,
}: NoticeSubjects["comparison-told"]): NoticeWords {
  return {
    title: what === "failed" ? `Comparing “${name}” failed` : `Comparing “${name}” works again`,
    path: `/reconciliations/${reconciliationId}/runs/${runId}`,
    label: "See what happened",
  };
}

export function gapWords(
  { reconciliationId, name, day, leaves, share, low, high }: NoticeSubjects["gap-unusual"],
  _by: string,
  locale: string,
): NoticeWords {
  const rate = (value: number) => numberFormat("percentTenths", locale).format(value);
  const when = formatShortDate({ locale, timeZone: "UTC" }, day);
  const how = leaves === "above" ? "more" : "fewer";
  return {
    title: `“${name}”: ${how} orders than usual are missing on ${when}, ${rate(share)} (usually ${rate(low)} to ${rate(high)})`,
    path: `/reconciliations/${reconciliationId}/gaps`,
    label: "See why",
  };
}
