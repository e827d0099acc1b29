/**
 * What people are told, in words. To add a kind: a line in `NoticeSubjects` (what is kept of the event: ids, numbers,
 * no names of contacts) and one in `words`.
 */

import { comparisonWords, connectorWords, gapWords } from "~/features/notices/told-words";

export interface NoticeSubjects {
  "import-ended": {
    runId: string;
    fileName: string;
    state: "done" | "attention" | "failed" | "cancelled";
    refused: number;
  };
  /** `fileName`: of the import that was undone; null where it was another change. `redo`: it was the undo that was undone. */
  "undo-ended": {
    changeSetId: string;
    fileName: string | null;
    /** It was a run of a connector, which `fileName` is then called; absent in older ones. */
    isRun?: boolean;
    /** What the import or the run brought in: "orders"; contacts where it is absent, as in older ones. */
    subject?: string;
    redo: boolean;
    state: "done" | "stopped" | "failed";
    undone: number;
    left: number;
  };
  "export-ended": { state: "done" | "failed"; contacts: number };
  "bulk-ended": { state: "done" | "cancelled" | "failed"; changed: number; left: number; bulkId: string };
  "print-ended": {
    campaignId: string;
    runId: string;
    name: string;
    what: "letters" | "labels" | "addresses";
    state: "ready" | "failed";
    letters: number;
  };
  "mailing-ended": {
    campaignId: string;
    name: string;
    state: "done" | "stopped";
    reached: number;
    failed: number;
    unknown: number;
  };
  /** `provider`: its id. `runId`: the run that it came about in; null: in none. */
  "connector-told": {
    connectorId: string;
    name: string;
    provider: string;
    what: "failed" | "attention" | "asking" | "needs-reconnecting" | "recovered";
    runId: string | null;
  };
  "comparison-told": {
    reconciliationId: string;
    name: string;
    runId: string;
    what: "failed" | "recovered";
  };
  /** Shares of missing orders: that of the day, and between which they usually lie. */
  "gap-unusual": {
    reconciliationId: string;
    name: string;
    /** A plain date. */
    day: string;
    leaves: "above" | "below";
    share: number;
    low: number;
    high: number;
  };
  "member-joined": { userId: string };
  /** The role's name, as pages call it. */
  "role-changed": { role: string };
  /** Several at once are one notice; `contactId` is set when it is a single one. */
  "contacts-given": { count: number; contactId: string | null };
  /** A recipient says that what a campaign sent was not meant for them. */
  "wrong-person": { campaignId: string; contactId: string };
}

export type NoticeKind = keyof NoticeSubjects;

export interface NoticeWords {
  title: string;
  /** A page of ours, below the account's address: `/imports/…`. */
  path: string;
  /** What the link says. */
  label: string;
}

/** `by`: whose doing it was, by name; "Tallybook" for its own. `locale`: how the reader writes numbers. */
type Words<Kind extends NoticeKind> = (subject: NoticeSubjects[Kind], by: string, locale: string) => NoticeWords;

const contacts = (count: number, locale: string) => `${count.toLocaleString(locale)} contacts`;

const importEnds: Record<NoticeSubjects["import-ended"]["state"], string> = {
  done: "is done",
  attention: "ended, but no row could be stored",
  failed: "failed",
  cancelled: "was cancelled",
};

function refusedRows(count: number, locale: string): string {
  if (count === 0) return "";
  return count === 1 ? ", 1 row was refused" : `, ${count.toLocaleString(locale)} rows were refused`;
}

const broughtIn: Readonly<Record<string, readonly [one: string, many: string]>> = {
  orders: ["order", "orders"],
  transactions: ["transaction", "transactions"],
};

function undoTitle(
  { fileName, isRun = false, subject = "", redo, state, undone, left }: NoticeSubjects["undo-ended"],
  locale: string,
): string {
  const [one, many] = broughtIn[subject] ?? ["contact", "contacts"];
  const what = fileName === null ? "a change" : `the ${isRun ? "run" : "import"} of “${fileName}”`;
  const ended = { done: "is done", stopped: "was stopped", failed: "failed" }[state];
  const counted = undone === 1 ? `1 ${one}` : `${undone.toLocaleString(locale)} ${many}`;
  const leftAlone = left === 0 ? "" : `, of ${left.toLocaleString(locale)} something was left as it is`;
  return `The ${redo ? "redo" : "undo"} of ${what} ${ended}: ${counted}${leftAlone}`;
}

const prints: Record<NoticeSubjects["print-ended"]["what"], [what: string, are: string]> = {
  letters: ["The letters", "are"],
  labels: ["The address labels", "are"],
  addresses: ["The file of addresses", "is"],
};

function printTitle({ name, what, state, letters }: NoticeSubjects["print-ended"], locale: string): string {
  const [subject, are] = prints[what];
  if (state === "failed") return `${subject} of “${name}” could not be made`;
  const counted = letters === 1 ? "1 recipient" : `${letters.toLocaleString(locale)} recipients`;
  return `${subject} of “${name}” ${are} ready, for ${counted}`;
}

function mailCounts(
  { reached, failed, unknown }: Pick<NoticeSubjects["mailing-ended"], "reached" | "failed" | "unknown">,
  locale: string,
): string {
  const counts = [
    reached === 1 ? "1 mail" : `${reached.toLocaleString(locale)} mails`,
    failed === 0 ? "" : `${failed.toLocaleString(locale)} refused`,
    unknown === 0 ? "" : `${unknown.toLocaleString(locale)} not known`,
  ];
  return counts.filter(Boolean).join(", ");
}

const words: { [Kind in NoticeKind]: Words<Kind> } = {
  "import-ended": ({ runId, fileName, state, refused }, by, locale) => ({
    title:
      `The import of “${fileName}” ${importEnds[state]}` +
      (state === "cancelled" ? ` by ${by}` : state === "done" ? refusedRows(refused, locale) : ""),
    path: `/imports/${runId}`,
    label: "See what happened",
  }),
  "undo-ended": (subject, _, locale) => ({
    title: undoTitle(subject, locale),
    path: `/changes/${subject.changeSetId}`,
    label: "See what was undone",
  }),
  "export-ended": ({ state, contacts: count }, _, locale) => ({
    title:
      state === "done"
        ? `Your export of ${count === 1 ? "a contact" : contacts(count, locale)} is ready`
        : "Your export failed",
    path: "/exports",
    label: state === "done" ? "Download it" : "See what happened",
  }),
  "bulk-ended": ({ state, changed, bulkId }, _, locale) => ({
    title:
      state === "failed"
        ? "Your change of many contacts stopped before its end"
        : `Your change of ${changed === 1 ? "a contact" : contacts(changed, locale)} ${state === "done" ? "is done" : "was cancelled"}`,
    path: `/contacts/bulk/${bulkId}`,
    label: "See what happened",
  }),
  "mailing-ended": ({ campaignId, name, state, reached, failed, unknown }, _, locale) => ({
    title:
      state === "done"
        ? `“${name}” is sent: ${mailCounts({ reached, failed, unknown }, locale)}`
        : `Sending “${name}” has stopped: ${mailCounts({ reached, failed, unknown }, locale)} so far`,
    path: `/campaigns/${campaignId}${state === "done" ? "" : "/sending"}`,
    label: state === "done" ? "See the campaign" : "See why",
  }),
  "print-ended": (subject, _, locale) => ({
    title: printTitle(subject, locale),
    path: `/campaigns/${subject.campaignId}/letters/${subject.runId}`,
    label: subject.state === "ready" ? "See the file" : "See why",
  }),
  "connector-told": connectorWords,
  "comparison-told": comparisonWords,
  "gap-unusual": gapWords,
  "member-joined": (_, by) => ({ title: `${by} has joined`, path: "/members", label: "See all members" }),
  "role-changed": ({ role }, by) => ({
    title: `${by} has changed your role: ${role}`,
    path: "/members",
    label: "See all members",
  }),
  "contacts-given": ({ count, contactId }, by, locale) => ({
    title: `${by} gave you ${count === 1 ? "a contact" : contacts(count, locale)} to look after`,
    path: contactId ? `/contacts/${contactId}` : "/contacts?owner=me",
    label: contactId ? "See the contact" : "See your contacts",
  }),
  "wrong-person": ({ campaignId, contactId }) => ({
    title: "Somebody says that a campaign reached the wrong person",
    path: `/campaigns/${campaignId}/recipients/${contactId}`,
    label: "See whom it was sent to",
  }),
};

export function noticeWords<Kind extends NoticeKind>(
  kind: Kind,
  subject: NoticeSubjects[Kind],
  by: string | null,
  locale: string,
): NoticeWords {
  return (words[kind] as Words<Kind>)(subject, by ?? "Tallybook", locale);
}

/** The path of what a notice is about, in the account of this slug. */
export function noticeHref(slug: string, { path }: NoticeWords): string {
  return `/${slug}${path}`;
}
