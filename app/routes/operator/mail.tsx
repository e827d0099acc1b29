import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { FlashBanner } from "~/flash-banner";
import { installationScope, requireOperator } from "~/http/scope.server";
import { visitorPlace } from "~/http/visitor-place.server";
import { isId } from "~/platform/ids.server";
import { countMails, listMails, type MailFacts } from "~/platform/mail/mail-log.server";
import { canMail } from "~/platform/mail/write-mail.server";
import { formatShortDate, formatTime } from "~/platform/time";
import { Banner } from "~/ui/banner";
import { PostButton } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { OutsideFrame } from "~/ui/outside-frame";
import { Status, type StatusKind } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Mail · This installation · Tallybook" }];

const PAGE = 50;

const purposes: Record<string, string> = {
  invitation: "Invitation",
  notice: "Notice",
  registration: "Registration",
  "password-changed": "Password changed",
  "member-switched-off": "Switched off",
  "member-switched-on": "Switched on",
  "member-removed": "Removed",
  "password-reset": "New password",
  "second-factor-reset": "New second factor",
};

const states: Record<MailFacts["state"], { of: StatusKind; words: string }> = {
  waiting: { of: "queued", words: "Waiting" },
  sending: { of: "running", words: "Being sent" },
  sent: { of: "done", words: "Sent" },
  failed: { of: "failed", words: "Not sent" },
  "not-sent": { of: "attention", words: "Kept, not sent" },
};

/** Whom mails went to and what became of them; never what they say. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const where = visitorPlace(await requireOperator({ request, context }), request);
  const scope = installationScope(context);
  const before = new URL(request.url).searchParams.get("before");
  const mails = await listMails(scope, { limit: PAGE + 1, before: before && isId(before) ? before : null });
  return {
    place: where,
    sends: canMail(context),
    counts: await countMails(scope),
    isFirstPage: before === null,
    olderThan: mails.length > PAGE ? (mails[PAGE - 1]?.id ?? null) : null,
    mails: mails.slice(0, PAGE).map(({ createdAt, purpose, ...mail }) => ({
      ...mail,
      purpose: purposes[purpose] ?? purpose,
      when: `${formatShortDate(where, createdAt)}, ${formatTime(where, createdAt)}`,
    })),
  };
}

export default function MailLog() {
  const { mails, isFirstPage, olderThan, place } = useLoaderData<typeof loader>();
  return (
    <OutsideFrame
      title="Mail"
      line={`What was mailed, to whom, and what became of it: for 30 days, or as long as the account it is of keeps such things. What the mails say is not kept. Times are those of ${place.timeZone.replaceAll("_", " ")}.`}
      place={<a href="/operator">Back</a>}
      wide
    >
      <div>
        <FlashBanner />
        <Troubles />
        {mails.length === 0 ? (
          <Empty>{isFirstPage ? "Nothing has been mailed yet." : "There are no older mails."}</Empty>
        ) : (
          <Table
            caption="Mails, the newest first"
            columns={[
              { key: "subject", label: "Subject", cell: (mail) => mail.subject },
              { key: "when", label: "When", cell: (mail) => mail.when, fit: "keep" },
              { key: "state", label: "State", cell: (mail) => <State {...mail} /> },
            ]}
            rows={mails}
            rowKey={(mail) => mail.id}
            under={(mail) => `${mail.purpose} to ${mail.to}`}
            foot={<OtherPages {...{ isFirstPage, olderThan }} />}
          />
        )}
      </div>
    </OutsideFrame>
  );
}

function Troubles() {
  const { sends, counts, place } = useLoaderData<typeof loader>();
  if (!sends) {
    return (
      <Banner tone="warn">
        No mail goes out: SMTP_URL is not set. Links that a mail would carry can be copied where they are made.
      </Banner>
    );
  }
  if (counts.delayed === 0) return null;
  const waiting = counts.delayed === 1 ? "1 mail waits" : `${counts.delayed.toLocaleString(place.locale)} mails wait`;
  return <Banner tone="warn">{waiting} to be tried again: the mail server did not take it at the first try.</Banner>;
}

type Shown = ReturnType<typeof useLoaderData<typeof loader>>["mails"][number];

function State({ id, state, problem, canBeSent, subject }: Shown) {
  const { of, words } = states[state];
  return (
    <div className="space-y-1">
      <Status of={of}>{words}</Status>
      {problem ? <p className="small quiet">{problem}</p> : null}
      {canBeSent ? (
        <PostButton action={`/operator/mail/${id}/resending`} small>
          Send again<span className="sr-only">: {subject}</span>
        </PostButton>
      ) : null}
    </div>
  );
}

function OtherPages({ isFirstPage, olderThan }: { isFirstPage: boolean; olderThan: string | null }) {
  if (isFirstPage && !olderThan) return null;
  return (
    <div className="foot">
      <nav aria-label="Pages">
        {isFirstPage ? null : <a href="/operator/mail">← Newest</a>}
        {olderThan ? <a href={`/operator/mail?before=${olderThan}`}>Older →</a> : null}
      </nav>
    </div>
  );
}
