import { type TakenAs } from "~/features/campaigns/mailing/take-outcome.server";
import { type TakenReports } from "~/features/campaigns/mailing/take-reports.server";
import { Banner, type BannerProps } from "~/ui/banner";
import { Panel } from "~/ui/panel";
import { Table } from "~/ui/table";

const words: Record<TakenAs, string> = {
  bounced: "Came back",
  suppressed: "Not written to again",
  known: "Was known already",
  nothing: "Changes nothing",
  "not-ours": "To nobody here",
};

const unreadWords = {
  "too-large": "Larger than 2 MB",
  "not-a-report": "Not understood: it tells of no mail that came back",
};

interface TakenBouncesProps extends Pick<TakenReports, "taken" | "unread"> {
  undo: BannerProps["undo"] | null;
}

/** What was made of the mails that were just sent in. */
export function TakenBounces({ taken, unread, undo }: TakenBouncesProps) {
  const changed = taken.filter(({ as }) => as === "bounced" || as === "suppressed").length;
  const unreadText = unread.length === 0 ? "" : ` ${mails(unread.length)} could not be understood.`;
  return (
    <>
      <Banner tone={changed > 0 ? "good" : "warn"} undo={undo ?? undefined}>
        {changed === 0 ? "Nothing was changed." : `${reports(changed)} taken down.`}
        {unreadText}
      </Banner>
      {taken.length > 0 ? (
        <Table
          caption="What was read"
          rows={taken.map((report, index) => ({ ...report, key: String(index) }))}
          rowKey={({ key }) => key}
          columns={[
            { key: "to", label: "Mail to", cell: ({ recipient }) => recipient ?? "Not told" },
            { key: "as", label: "Taken as", cell: ({ as }) => words[as] },
            { key: "said", label: "What the server said", cell: ({ said }) => said ?? "" },
          ]}
        />
      ) : null}
      {unread.length > 0 ? (
        <Panel title="Not taken">
          <ul>
            {unread.map(({ name, reason }, index) => (
              <li key={`${index} ${name}`}>
                {name}: {unreadWords[reason]}.
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
    </>
  );
}

const mails = (count: number) => (count === 1 ? "A mail" : `${count.toLocaleString("en-GB")} mails`);
const reports = (count: number) => (count === 1 ? "One report was" : `${count.toLocaleString("en-GB")} reports were`);
