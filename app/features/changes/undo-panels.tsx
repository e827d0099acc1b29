/** What the page of a change says of undoing it: that it can be, that it is at work, or what came of it. */
import { UNDO_DAYS } from "~/features/changes/undo-window";
import { Button, HiddenFields, PostButton } from "~/ui/button";
import { Checkbox } from "~/ui/choice-field";
import { Panel } from "~/ui/panel";
import { Progress } from "~/ui/progress";

interface ToUndoProps {
  /** Where the button posts to. */
  action: string;
  label: "Undo" | "Redo";
  /** What did it: an import, a run of a connector, or a person. */
  broughtBy: "import" | "run" | null;
  /** "contacts" */
  many: string;
  /** How the connector stands that it was a run of: it may have to be connected again first; null: of none. */
  connector: "here" | "unreached" | "deleted" | null;
  /** There may be much of it, or something was changed since: what becomes of that is asked. */
  asks: boolean;
  /** How many it is about, in a sentence; null: that was not counted. */
  about: string | null;
  /** What of it would stay, in sentences with numbers; none where that was not counted. */
  stays: readonly string[];
  /** It was counted, and nothing of it was changed since. */
  isUntouched: boolean;
  /** "2 contacts", where it was counted. */
  changedSince: string | null;
  /** What is undone in one go with it, where there is something and unless somebody chooses otherwise. */
  along: { label: string; hint: string } | null;
}

/** The button, with what there is to say and to choose before. */
export function ToUndo({
  action,
  label,
  broughtBy,
  many,
  connector,
  asks,
  about,
  stays,
  isUntouched,
  changedSince,
  along,
}: ToUndoProps) {
  if (!asks && !along) {
    return (
      <div className="mb-4">
        <PostButton action={action}>{label}</PostButton>
      </div>
    );
  }
  return (
    <Panel title={`${label} this ${broughtBy ?? "change"}`} line={about ?? undefined}>
      {asks ? <WhatOf {...{ broughtBy, many, connector, stays }} /> : null}
      <form method="post" action={action} className="mt-3">
        <HiddenFields fields={{ asked: "yes" }} />
        {along ? <Checkbox field={{ name: "along", initialValue: true }} value="too" {...along} /> : null}
        {asks && !isUntouched ? <EditedToo changedSince={changedSince} /> : null}
        <Do label={label} broughtBy={broughtBy} />
      </form>
    </Panel>
  );
}

/** What would become of it, and what would not. */
function WhatOf({
  broughtBy,
  many,
  connector,
  stays,
}: Pick<ToUndoProps, "broughtBy" | "many" | "connector" | "stays">) {
  return (
    <>
      <p>
        {broughtBy ? whatOf[broughtBy](many) : whatOfChange}
        {connector ? pausing[connector] : null}
      </p>
      {stays.map((sentence) => (
        <p key={sentence} className="mt-2">
          {sentence}
        </p>
      ))}
    </>
  );
}

function Do({ label, broughtBy }: Pick<ToUndoProps, "label" | "broughtBy">) {
  return (
    <div className="mt-3">
      <Button tone={broughtBy && label === "Undo" ? "danger" : undefined}>
        {broughtBy ? `${label} the ${broughtBy}` : label}
      </Button>
    </div>
  );
}

function EditedToo({ changedSince }: Pick<ToUndoProps, "changedSince">) {
  const hint = changedSince
    ? `Of ${changedSince} something was changed since.`
    : "What stays is listed here afterwards, and can still be undone, too.";
  return <Checkbox field={{ name: "edited" }} value="undone" label="Also what was changed since" hint={hint} />;
}

const STAYS = "What was changed since stays as it is.";
const whatOfChange = `Everything it changed becomes what it was. ${STAYS}`;

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const made = (many: string) =>
  `${capital(many)} that it made are deleted, and can be brought back for ${UNDO_DAYS} days.`;

/** Those that are compared stand in no list of their own. */
const again = (many: string) =>
  many === "contacts" ? "those that it archived stand in the lists again" : "those that were gone are there again";

const pausing = {
  here: " The connector is paused; switched on again, it reads everything.",
  unreached: " Once it is connected again, the connector is paused; switched on, it reads everything.",
  deleted: null,
};

const whatOf = {
  import: (many: string) => `${made(many)} ${capital(many)} that were there before say again what they said. ${STAYS}`,
  run: (many: string) => `${made(many)} Others say again what they said, and ${again(many)}. ${STAYS}`,
};

export interface LongUndo {
  isRedo: boolean;
  isAtWork: boolean;
  isStopping: boolean;
  /** What was left alone at first is gone through again. */
  isAgain: boolean;
  /** It was stopped, or failed, before its end. */
  isUnfinished: boolean;
  done: number;
  entries: number;
  /** "1,204 contacts", and of how many something was left alone. */
  undoneText: string;
  /** What was left alone, field by field. */
  left: number;
  leftAlone: { key: string; href: string | null; name: string | null; what: string; why: string }[];
  /** Whether what was left alone can be undone, too. */
  canTakeRest: boolean;
  /** Why it is not gone on with, in a few words; null: it is, where there is something to go on with. */
  whyNotOn: string | null;
  /** What was asked for in one go with it. */
  together: {
    href: string;
    fileName: string;
    undoneText: string;
    left: string;
    hasLeft: boolean;
    isUnfinished: boolean;
  }[];
}

interface LongUndoProps {
  undo: LongUndo;
  /** The addresses below that of the undo's own change. */
  base: string;
  refresh: { on: boolean; href: string };
  mayUndo: boolean;
  locale: string;
}

/** A job at its work. */
export function UndoProgress({ undo, base, refresh, mayUndo, locale }: LongUndoProps) {
  const title = undo.isRedo ? "Redoing" : "Undoing";
  return (
    <Panel title={title} line={undo.isStopping ? "It will stop in a moment." : undefined}>
      <Progress
        label={title}
        done={undo.done}
        total={undo.isAgain ? undefined : undo.entries}
        noun="changes"
        cancelAction={mayUndo && !undo.isStopping ? `${base}/stop` : undefined}
        {...{ refresh, locale }}
      />
    </Panel>
  );
}

/** What a job has put back, and what it has left alone. */
export function UndoOutcome({ undo, base, mayUndo, locale }: Omit<LongUndoProps, "refresh">) {
  const { isRedo, undoneText, left, leftAlone, isUnfinished, canTakeRest, whyNotOn } = undo;
  return (
    <Panel
      title={isRedo ? "What was redone" : "What was undone"}
      line={`${isRedo ? "Redone" : "Undone"} for ${undoneText}.`}
      actions={
        mayUndo && whyNotOn === null && (isUnfinished || canTakeRest) ? (
          <PostButton small action={`${base}/rest`}>
            {isUnfinished ? "Go on" : "Undo these, too"}
          </PostButton>
        ) : null
      }
    >
      {isUnfinished ? (
        <p className="mb-2">It ended before all was done. {whyNotOn ?? "Nothing is lost: it can be gone on with"}.</p>
      ) : null}
      <LeftAlone {...{ leftAlone, locale }} more={left - leftAlone.length} />
      <Together undo={undo} />
    </Panel>
  );
}

function LeftAlone({ leftAlone, more, locale }: Pick<LongUndo, "leftAlone"> & { more: number; locale: string }) {
  if (leftAlone.length === 0) return null;
  return (
    <ul className="grid gap-1">
      {leftAlone.map(({ key, href, name, what, why }) => (
        <li key={key}>
          {name && href ? <a href={href}>{name}</a> : (name ?? "A contact that is gone")}: {what}, as {why}.
        </li>
      ))}
      {more > 0 ? <li className="quiet">And {more.toLocaleString(locale)} more.</li> : null}
    </ul>
  );
}

/** What came of the others that were asked for in one go. */
function Together({ undo: { together, isRedo } }: Pick<LongUndoProps, "undo">) {
  return together.map(({ href, fileName, undoneText, left, hasLeft, isUnfinished }) => (
    <p key={href} className="mt-2">
      {isRedo ? "With it the corrections came back:" : "The corrections were undone with it:"} “{fileName}”,{" "}
      {undoneText}
      {hasLeft ? `; ${left} left` : ""}
      {isUnfinished ? ", ended before all was done" : ""}.{" "}
      <a href={href}>See what was {isRedo ? "redone" : "undone"}</a>
    </p>
  ));
}
