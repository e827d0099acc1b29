/** One of everything that an address can name, with words to find it by. `make-example.ts` makes them. */
import { subjects } from "~/composition.server";
import { replaceLogo } from "~/features/accounts/logo.server";
import { uploadFile } from "~/features/pipeline/draft/draft-run.server";
import { continueRun } from "~/features/pipeline/run/continue-run.server";
import { startRun } from "~/features/pipeline/run/start-run.server";
import { type Scope } from "~/platform/scope.server";
import { png } from "~/testing/pictures";

export interface Example {
  slug: string;
  contactId: string;
  otherContactId: string;
  archivedContactId: string;
  /** The change set by which it was archived. */
  archivalId: string;
  deletedContactId: string;
  /** The change set by which the contact was made. */
  createdId: string;
  relationshipId: string;
  /** A mark of do-not-contact, not lifted. */
  markId: string;
  /** A type of relationship of the account's own. */
  typeId: string;
  fieldId: string;
  tagId: string;
  draftId: string;
  fileId: string;
  /** Our account's; there is one of it. */
  logoFileId: string;
  queuedId: string;
  doneId: string;
  sessionId: string;
  /** Made, with its file. */
  exportId: string;
  exportFileId: string;
  /** An entry of the suppression list. */
  suppressionId: string;
  /** A shared view of the list. */
  viewId: string;
  /** A change of the two contacts that waits for its button. */
  bulkId: string;
  /** A draft with the contact on its list, and what put it there. */
  campaignId: string;
  additionId: string;
  /** A draft of letters to the contact, and its file that waits for somebody to say that it is printed. */
  lettersId: string;
  printRunId: string;
  /** Calls that have begun, with the contact on their list. */
  callsId: string;
  /** Another member, and somebody who is invited. */
  memberId: string;
  invitationId: string;
  /** Of whoever made it, unread. */
  noticeId: string;
  /** One of the account's own rules for imports. */
  ruleId: string;
  /** A connector to Google that somebody has connected. */
  connectorId: string;
  /** What a model was asked about it. */
  askId: string;
  /** What a file has brought in of orders and of transactions. */
  orderId: string;
  transactionId: string;
  /** A comparison of orders with a run that is done, and what somebody decided of one of its purchases. */
  reconciliationId: string;
  comparisonId: string;
  decisionId: string;
  annotationId: string;
  /** One that can be brought back. */
  deletedReconciliationId: string;
  /** A quick audit whose files are read. */
  auditId: string;
  /** What a source says of the contact, and a record as it was received. */
  recordId: string;
  rawId: string;
  /** The key of the refused row of the import that is done. */
  rowKey: string;
}

/** Stand in every record of an example: none may ever reach another account. */
export const tellTales = ["Xanthippe", "Quillfeather", "quillfeather.example", "Zymurgy", "02079460182"] as const;

/** On the suppression list of an account whose whole example was made. */
export const SUPPRESSED = "suppressed@quillfeather.example";

export const csv = `Given name,Family name,Company,Email,Phone,Tags
Xanthippe,Quillfeather-Import,Zymurgy Ltd,import@quillfeather.example,020 7946 0182,zymurgy-tag
Nobody,Reachable,,not an address,020 7946 0182,
`;

async function* bytesOf(text: string) {
  yield Buffer.from(text);
}

export function must<Result extends { ok: boolean }>(result: Result): Extract<Result, { ok: true }> {
  if (!result.ok) throw new Error(`example: ${JSON.stringify(result)}`);
  return result as Extract<Result, { ok: true }>;
}

export async function upload(scope: Scope, text = csv): Promise<string> {
  const subject = subjects.contacts;
  if (!subject) throw new Error("There is no subject of contacts");
  const file = { name: "zymurgy-clients.csv", mediaType: "text/csv", bytes: bytesOf(text) };
  return must(await uploadFile(scope, subject, file)).runId;
}

/** The account with a logo, as the next request sees it. */
export async function withLogo(scope: Scope): Promise<Scope> {
  const { fileId } = must(await replaceLogo(scope, png()));
  return { ...scope, account: { ...scope.account, logoFileId: fileId } };
}

/** An import that has ended, with a refused row. */
export async function doneImport(scope: Scope): Promise<string> {
  const runId = await upload(scope);
  must(await startRun(scope, runId));
  await continueRun(scope, subjects, runId, { signal: new AbortController().signal });
  return runId;
}
