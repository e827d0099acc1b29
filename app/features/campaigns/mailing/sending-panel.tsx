import { type SendingProgress } from "~/features/campaigns/mailing/sending-progress";
import { Banner } from "~/ui/banner";
import { ButtonLink, PostButton } from "~/ui/button";
import { Panel } from "~/ui/panel";
import { Progress } from "~/ui/progress";

interface SendingPanelProps {
  /** Null: it is not sent by email, or not yet. */
  sending: SendingProgress | null;
  /** The campaign's page. */
  here: string;
  mayWrite: boolean;
  refreshes: boolean;
  locale: string;
}

const titles = { none: "", judging: "Being sent", sending: "Being sent", paused: "Paused", done: "Sent" };

/** How far its sending has come, and what can be done about it. */
export function SendingPanel({ sending, here, mayWrite, refreshes, locale }: SendingPanelProps) {
  if (!sending) return null;
  const { state, isAtWork, done, total, sentence, left, problem } = sending;
  return (
    <Panel title={titles[state]} line={`${[sentence, left].filter(Boolean).join("; ")}.`}>
      {problem ? (
        <Banner tone={state === "paused" ? "bad" : "warn"}>
          {problem}
          {isAtWork ? ". It is tried again by itself." : ""}
        </Banner>
      ) : null}
      {isAtWork ? (
        <Progress
          label="Mails sent"
          done={done}
          total={total}
          noun="mails"
          locale={locale}
          refresh={{ on: refreshes, href: refreshes ? `${here}?refresh=off` : here }}
        />
      ) : null}
      <Verbs sending={sending} here={here} mayWrite={mayWrite} />
    </Panel>
  );
}

function Verbs({ sending, here, mayWrite }: { sending: SendingProgress; here: string; mayWrite: boolean }) {
  const change = mayWrite ? changeOf(sending, here) : null;
  if (change === null && sending.unknown === 0) return null;
  return (
    <div className="actions mt-4">
      {change}
      {sending.unknown > 0 ? <ButtonLink href={`${here}/sending/unknown`}>Who is not known</ButtonLink> : null}
    </div>
  );
}

/** Null: all is sent. */
function changeOf({ isAtWork, waiting }: SendingProgress, here: string) {
  if (isAtWork) return <PostButton action={`${here}/sending/pause`}>Pause</PostButton>;
  if (waiting === 0) return null;
  return (
    <ButtonLink tone="primary" href={`${here}/sending`}>
      Check and go on
    </ButtonLink>
  );
}
