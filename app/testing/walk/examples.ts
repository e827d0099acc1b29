/** One of everything that an address can name, made through the product's own commands, with words to find it by. */
import { inviteMember, listInvitations, revokeInvitation } from "~/features/accounts/invitations.server";
import { setMembership } from "~/features/accounts/members.server";
import { subjects } from "~/composition.server";
import { replaceLogo } from "~/features/accounts/logo.server";
import { archiveContacts } from "~/features/contacts/deletion/archive-contacts.server";
import { nothingKnown } from "~/features/contacts/contact";
import { deleteContacts } from "~/features/contacts/deletion/delete-contacts.server";
import { askForBulk } from "~/features/contacts/bulk/bulk-edits.server";
import { markDoNotContact } from "~/features/contacts/consent/do-not-contact.server";
import { addField, customFields } from "~/features/contacts/custom/custom-fields.server";
import { createContact } from "~/features/contacts/edit-contact.server";
import { addType } from "~/features/contacts/relationships/relationship-types.server";
import { listHistory } from "~/features/contacts/history/history.server";
import { askForExport, findExport } from "~/features/contacts/export/exports.server";
import { makeExport } from "~/features/contacts/export/make-export.server";
import { readView } from "~/features/contacts/list/contact-list";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { relate } from "~/features/contacts/relationships/relationships.server";
import { saveView } from "~/features/contacts/views/saved-views.server";
import { listTags } from "~/features/contacts/tags.server";
import { listNotices } from "~/features/notices/notices.server";
import { notify } from "~/features/notices/notify.server";
import { continueRun } from "~/features/pipeline/run/continue-run.server";
import { findDraft, uploadFile } from "~/features/pipeline/draft/draft-run.server";
import { addOwnRule, listOwnRules, removeOwnRule } from "~/features/pipeline/own-rules/own-rules.server";
import { rowKeys } from "~/features/pipeline/corrections/row-key.server";
import { startRun } from "~/features/pipeline/run/start-run.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { png } from "~/testing/pictures";
import { given } from "~/testing/given";

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
  /** A shared view of the list. */
  viewId: string;
  /** A change of the two contacts that waits for its button. */
  bulkId: string;
  /** Another member, and somebody who is invited. */
  memberId: string;
  invitationId: string;
  /** Of whoever made it, unread. */
  noticeId: string;
  /** One of the account's own rules for imports. */
  ruleId: string;
  /** The key of the refused row of the import that is done. */
  rowKey: string;
}

/** Stand in every record of an example: none may ever reach another account. */
export const tellTales = ["Xanthippe", "Quillfeather", "quillfeather.example", "Zymurgy", "02079460182"] as const;

export const csv = `Given name,Family name,Company,Email,Phone,Tags
Xanthippe,Quillfeather-Import,Zymurgy Ltd,import@quillfeather.example,020 7946 0182,zymurgy-tag
Nobody,Reachable,,not an address,020 7946 0182,
`;

async function* bytesOf(text: string) {
  yield Buffer.from(text);
}

function must<Result extends { ok: boolean }>(result: Result): Extract<Result, { ok: true }> {
  if (!result.ok) throw new Error(`example: ${JSON.stringify(result)}`);
  return result as Extract<Result, { ok: true }>;
}

export async function upload(scope: Scope, text = csv): Promise<string> {
  const subject = subjects.contacts;
  if (!subject) throw new Error("There is no subject of contacts");
  const file = { name: "zymurgy-clients.csv", mediaType: "text/csv", bytes: bytesOf(text) };
  return must(await uploadFile(scope, subject, file)).runId;
}

async function contact(scope: Scope, familyName: string): Promise<string> {
  const values = {
    ...nothingKnown,
    givenName: "Xanthippe",
    familyName,
    company: "Zymurgy Ltd",
    emails: [{ value: `${newId()}@quillfeather.example`, label: null }],
    phones: [{ value: "+442079460182", label: null }],
    addresses: [
      { label: null, street: "Zymurgy House", city: "Leeds", region: null, postalCode: "LS1 4AP", country: "GB" },
    ],
    tags: ["zymurgy-tag"],
    notes: "Zymurgy notes",
  };
  return must(await createContact(scope, values)).id;
}

async function member(scope: Scope): Promise<string> {
  const installation = { ...scope, kind: "installation" as const, db: scope.database.forInstallation() };
  const user = await given.user(installation, { name: "Xanthippe Quillfeather-Member" });
  await setMembership(scope, { userId: user.id, role: "user" });
  return user.id;
}

/** Of many the later ones are taken back: an account has so many open invitations and no more. */
async function invited(scope: Scope): Promise<string> {
  const email = `${newId()}@quillfeather.example`;
  const open = (await listInvitations(scope)).map(({ id }) => id).sort();
  for (const id of open.length > 90 ? open.slice(1) : []) await revokeInvitation(scope, id);
  return must(await inviteMember(scope, { email, name: "Xanthippe Invited", role: "viewer" })).invitationId;
}

async function related(scope: Scope, fromId: string, toId: string): Promise<string> {
  return must(await relate(scope, { fromId, toId, type: "works-for", note: "Zymurgy" })).id;
}

async function deleted(scope: Scope): Promise<string> {
  const id = await contact(scope, "Quillfeather-Deleted");
  await deleteContacts(scope, [id]);
  return id;
}

async function ownType(scope: Scope): Promise<string> {
  const which = newId().slice(-8);
  return must(await addType(scope, { reads: `is Zymurgy of ${which}`, readsBack: `has as Zymurgy ${which}` })).id;
}

/** One for all examples: an account has so many and no more. */
async function ownField(scope: Scope): Promise<string> {
  const name = "Zymurgy level";
  const there = (await customFields(scope)).find((field) => field.name === name);
  if (there) return there.id;
  return must(await addField(scope, { name, type: "text", choices: [], hint: null, required: false })).id;
}

async function marked(scope: Scope, contactId: string): Promise<string> {
  must(await markDoNotContact(scope, contactId, { channels: ["email"], reason: "Zymurgy" }));
  return (await findContact(scope, contactId))?.marks[0]?.id ?? "";
}

/** A whole new example; `doneId` is taken over, as an import takes its time. */
export async function makeExample(scope: Scope, doneId: string): Promise<Example> {
  const contactId = await contact(scope, "Quillfeather");
  const otherContactId = await contact(scope, "Quillfeather-Other");
  const archivedContactId = await contact(scope, "Quillfeather-Archived");
  const { changeSetId: archivalId } = await archiveContacts(scope, [archivedContactId]);
  const draftId = await upload(scope);
  const queuedId = await upload(scope);
  const fileId = (await findDraft(scope, draftId))?.fileId ?? "";
  must(await startRun(scope, queuedId));
  const tagId = (await listTags(scope)).find((tag) => tag.name === "zymurgy-tag")?.id ?? "";
  return {
    slug: scope.account.slug,
    contactId,
    otherContactId,
    archivedContactId,
    archivalId: archivalId ?? "",
    deletedContactId: await deleted(scope),
    createdId: (await listHistory(scope, contactId)).entries.at(-1)?.changeSetId ?? "",
    markId: await marked(scope, contactId),
    relationshipId: await related(scope, contactId, otherContactId),
    typeId: await ownType(scope),
    fieldId: await ownField(scope),
    tagId,
    draftId,
    fileId,
    logoFileId: scope.account.logoFileId ?? newId(),
    queuedId,
    doneId,
    sessionId: newId(),
    ...(await exported(scope)),
    viewId: await view(scope),
    bulkId: await askForBulk(scope, { ids: [contactId, otherContactId] }, { what: "tag", tags: ["zymurgy-bulk"] }),
    memberId: await member(scope),
    invitationId: await invited(scope),
    noticeId: await noticeOf(scope),
    ruleId: await importRule(scope),
    rowKey: rowKeys(scope.keys, scope.account.id).write({ runId: doneId, position: 3 }),
  };
}

async function exported(scope: Scope) {
  const view = readView(new URLSearchParams("q=quillfeather"));
  const { exportId } = must(await askForExport(scope, view, { format: "csv", columns: "everything" }));
  await makeExport(scope, exportId, new AbortController().signal);
  return { exportId, exportFileId: (await findExport(scope, exportId))?.fileId ?? "" };
}

/** Nothing that any row breaks. Of many the later ones go: there can be so many and no more. */
async function importRule(scope: Scope): Promise<string> {
  const rules = await listOwnRules(scope, "contacts");
  for (const { id } of rules.length > 90 ? rules.slice(1) : []) await removeOwnRule(scope, id);
  const about = { field: `zymurgy-${newId()}`, fields: ["notes"], label: "Zymurgy notes", many: false };
  const length = { of: "length" as const, from: null, to: "5000" };
  return must(await addOwnRule(scope, "contacts", { kind: "range", ...about, ...length })).id;
}

async function view(scope: Scope): Promise<string> {
  const name = `Zymurgy ${newId().slice(-12)}`;
  return must(await saveView(scope, { name, isShared: true, query: "?q=quillfeather" }, { mayShare: true })).id;
}

async function noticeOf(scope: Scope): Promise<string> {
  const event = { userIds: [scope.user?.id ?? ""], eventKey: newId() };
  await notify(scope, { ...event, kind: "contacts-given", subject: { count: 2, contactId: null } });
  return (await listNotices(scope, { limit: 1 }))[0]?.id ?? "";
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
