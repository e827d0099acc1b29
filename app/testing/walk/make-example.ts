/** The examples' records, made through the product's own commands: all of them, or those that a route names. */
import { makePrint } from "~/features/campaigns/letters/make-print.server";
import { askForPrint } from "~/features/campaigns/letters/print-runs.server";
import { addContacts } from "~/features/campaigns/recipients/add-recipients.server";
import { startCampaign } from "~/features/campaigns/start-campaign.server";
import { inviteMember, listInvitations, revokeInvitation } from "~/features/accounts/invitations.server";
import { setMembership } from "~/features/accounts/members.server";
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
import { suppress } from "~/features/contacts/suppression/suppressions.server";
import { relate } from "~/features/contacts/relationships/relationships.server";
import { saveView } from "~/features/contacts/views/saved-views.server";
import { listCanonical } from "~/features/contacts/zones/list-canonical.server";
import { listTags } from "~/features/contacts/tags.server";
import { storeGrant } from "~/features/connectors/access/store-grant.server";
import { createConnector } from "~/features/connectors/create-connector.server";
import { saveModelSettings } from "~/features/connectors/mapping-help/model-settings.server";
import { askForProposals, findProposals } from "~/features/connectors/mapping-help/proposals.server";
import { shownAs } from "~/features/connectors/mapping-help/shown.server";
import { listNotices } from "~/features/notices/notices.server";
import { notify } from "~/features/notices/notify.server";
import { findDraft } from "~/features/pipeline/draft/draft-run.server";
import { addOwnRule, listOwnRules, removeOwnRule } from "~/features/pipeline/own-rules/own-rules.server";
import { rowKeys } from "~/features/pipeline/corrections/row-key.server";
import { listRaw } from "~/features/pipeline/zones/list-raw.server";
import { startRun } from "~/features/pipeline/run/start-run.server";
import { toJson } from "~/platform/db/json.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { given } from "~/testing/given";
import { plan } from "~/testing/given-campaigns";
import { comparisonExample } from "~/testing/walk/comparison-example";
import { deleteReconciliation } from "~/features/reconciliation/set-up/delete-reconciliation.server";
import { audited } from "~/testing/given-audits";
import { reconciliation } from "~/testing/given-comparisons";
import { type Example, must, SUPPRESSED, upload } from "~/testing/walk/examples";
import { keepOrders } from "~/testing/walk/order-example";
import { type RouteRow } from "~/testing/walk/route-row";

type Made = Partial<Example>;

/** What makes some of an example's ids, in the order of making. `of`: what it is made about, made with it. */
interface Part {
  gives: readonly (keyof Example)[];
  of?: readonly (keyof Example)[];
  make(scope: Scope, made: Made): Promise<Made>;
}

const parts: readonly Part[] = [
  {
    gives: ["contactId", "createdId", "tagId"],
    async make(scope) {
      const contactId = await contact(scope, "Quillfeather");
      const createdId = (await listHistory(scope, contactId)).entries.at(-1)?.changeSetId ?? "";
      const tagId = (await listTags(scope)).find((tag) => tag.name === "zymurgy-tag")?.id ?? "";
      return { contactId, createdId, tagId };
    },
  },
  {
    gives: ["otherContactId"],
    make: async (scope) => ({ otherContactId: await contact(scope, "Quillfeather-Other") }),
  },
  { gives: ["archivedContactId", "archivalId"], make: archived },
  { gives: ["deletedContactId"], make: deleted },
  { gives: ["draftId", "fileId"], make: draft },
  { gives: ["queuedId"], make: queued },
  {
    gives: ["markId"],
    of: ["contactId"],
    make: async (scope, { contactId = "" }) => ({ markId: await marked(scope, contactId) }),
  },
  {
    gives: ["relationshipId"],
    of: ["contactId", "otherContactId"],
    make: async (scope, { contactId = "", otherContactId = "" }) => ({
      relationshipId: await related(scope, contactId, otherContactId),
    }),
  },
  {
    gives: ["bulkId"],
    of: ["contactId", "otherContactId"],
    async make(scope, { contactId = "", otherContactId = "" }) {
      const ids = [contactId, otherContactId];
      return { bulkId: await askForBulk(scope, { ids }, { what: "tag", tags: ["zymurgy-bulk"] }) };
    },
  },
  {
    gives: ["campaignId", "additionId"],
    of: ["contactId"],
    async make(scope, { contactId = "" }) {
      const campaignId = await plan(scope, "email", { name: "Quillfeather spring review", topic: "Zymurgy" });
      const { additionId } = must(await addContacts(scope, campaignId, [contactId]));
      return { campaignId, additionId };
    },
  },
  { gives: ["lettersId", "printRunId"], of: ["contactId"], make: letters },
  {
    gives: ["callsId"],
    of: ["contactId"],
    async make(scope, { contactId = "" }) {
      const callsId = await plan(scope, "phone", {
        name: "Quillfeather calls",
        body: "Ask {{first name}} of Zymurgy.",
      });
      must(await addContacts(scope, callsId, [contactId]));
      must(await startCampaign(scope, callsId));
      return { callsId };
    },
  },
  { gives: ["typeId"], make: async (scope) => ({ typeId: await ownType(scope) }) },
  { gives: ["fieldId"], make: async (scope) => ({ fieldId: await ownField(scope) }) },
  { gives: ["exportId", "exportFileId"], make: exported },
  { gives: ["suppressionId"], make: async (scope) => ({ suppressionId: await suppressed(scope) }) },
  { gives: ["viewId"], make: async (scope) => ({ viewId: await view(scope) }) },
  { gives: ["memberId"], make: async (scope) => ({ memberId: await member(scope) }) },
  { gives: ["invitationId"], make: async (scope) => ({ invitationId: await invited(scope) }) },
  { gives: ["noticeId"], make: async (scope) => ({ noticeId: await noticeOf(scope) }) },
  {
    gives: ["connectorId", "askId"],
    async make(scope) {
      const connectorId = await connected(scope);
      return { connectorId, askId: await askedModel(scope, connectorId) };
    },
  },
  {
    gives: ["orderId", "transactionId"],
    of: ["connectorId"],
    async make(scope, { connectorId = "" }) {
      const { ofFile, transaction } = await keepOrders(scope, connectorId);
      return { orderId: ofFile.id, transactionId: transaction.id };
    },
  },
  {
    gives: ["reconciliationId", "comparisonId", "decisionId", "annotationId"],
    async make(scope) {
      // Each has a shop of its own: two may not bring the same orders in.
      const made = await comparisonExample(scope, `file:Zymurgy ${newId()}`);
      const { reconciliationId, runId: comparisonId, decisionId, annotationId } = made;
      return { reconciliationId, comparisonId, decisionId, annotationId };
    },
  },
  { gives: ["auditId"], make: async (scope) => ({ auditId: await audited(scope) }) },
  {
    gives: ["deletedReconciliationId"],
    async make(scope) {
      const deletedReconciliationId = await reconciliation(scope, { name: "Zymurgy’s first shop" });
      must(await deleteReconciliation(scope, deletedReconciliationId));
      return { deletedReconciliationId };
    },
  },
  {
    gives: ["recordId", "rawId"],
    of: ["contactId"],
    async make(scope, { contactId = "" }) {
      const records = await listCanonical(scope, { runId: null, contactId }, null);
      const known = { connectorIds: [], streams: [] };
      const none = { connectorId: null, stream: null, runId: null, remoteId: null };
      const received = await listRaw(scope, none, { after: null, known });
      return { recordId: records.rows[0]?.id ?? "", rawId: received.rows[0]?.id ?? "" };
    },
  },
  { gives: ["ruleId"], make: async (scope) => ({ ruleId: await importRule(scope) }) },
];

async function letters(scope: Scope, { contactId = "" }: Made): Promise<Made> {
  const facts = { name: "Quillfeather letters", topic: "Zymurgy", body: "Is all as it was?" };
  const lettersId = await plan(scope, "letter", facts);
  must(await addContacts(scope, lettersId, [contactId]));
  const wish = { kind: "letters", who: "not-printed", options: {} } as const;
  const { runId: printRunId } = must(await askForPrint(scope, lettersId, wish));
  await makePrint(scope, printRunId, {
    origin: "https://ledger.quillfeather.example",
    signal: new AbortController().signal,
  });
  return { lettersId, printRunId };
}

async function make(scope: Scope, some: readonly Part[]): Promise<Made> {
  let made: Made = {};
  for (const part of some) made = { ...made, ...(await part.make(scope, made)) };
  return made;
}

/** A whole example; `doneId` is taken over, as an import takes its time. */
export async function makeExample(scope: Scope, doneId: string): Promise<Example> {
  return {
    ...((await make(scope, parts)) as Example),
    slug: scope.account.slug,
    logoFileId: scope.account.logoFileId ?? newId(),
    doneId,
    sessionId: newId(),
    rowKey: rowKeys(scope.keys, scope.account.id).write({ runId: doneId, position: 3 }),
  };
}

/** New in all that a route names, which a test may use up; else what stands. */
export async function makeForRoute(scope: Scope, row: RouteRow, standing: Example): Promise<Example> {
  const named = namedBy(row);
  const gives = (part: Part) => part.gives.some((id) => named.has(id));
  const wanted = new Set(parts.filter(gives).flatMap((part) => [...part.gives, ...(part.of ?? [])]));
  const made = await make(
    scope,
    parts.filter((part) => part.gives.some((id) => wanted.has(id))),
  );
  return { ...standing, ...made, sessionId: newId() };
}

/** Which of an example's ids the address, the form and the query strings are made of. */
function namedBy(row: RouteRow): ReadonlySet<string | symbol> {
  const named = new Set<string | symbol>();
  const asked = new Proxy({} as Example, {
    get: (_target, id) => {
      named.add(id);
      return "";
    },
  });
  row.path(asked);
  row.form?.(asked);
  row.searches?.(asked);
  return named;
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

async function archived(scope: Scope): Promise<Made> {
  const archivedContactId = await contact(scope, "Quillfeather-Archived");
  const { changeSetId } = await archiveContacts(scope, [archivedContactId]);
  return { archivedContactId, archivalId: changeSetId ?? "" };
}

async function deleted(scope: Scope): Promise<Made> {
  const deletedContactId = await contact(scope, "Quillfeather-Deleted");
  await deleteContacts(scope, [deletedContactId]);
  return { deletedContactId };
}

async function draft(scope: Scope): Promise<Made> {
  const draftId = await upload(scope);
  return { draftId, fileId: (await findDraft(scope, draftId))?.fileId ?? "" };
}

async function queued(scope: Scope): Promise<Made> {
  const queuedId = await upload(scope);
  must(await startRun(scope, queuedId));
  return { queuedId };
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

async function exported(scope: Scope): Promise<Made> {
  const view = readView(new URLSearchParams("q=quillfeather"));
  const { exportId } = must(await askForExport(scope, view, { format: "csv", columns: "everything" }));
  await makeExport(scope, exportId, new AbortController().signal);
  return { exportId, exportFileId: (await findExport(scope, exportId))?.fileId ?? "" };
}

/** With tokens that nobody gave out, and that have ended: nobody is asked with them. */
async function connected(scope: Scope): Promise<string> {
  const google = { id: "google" };
  const connectorId = await createConnector(scope, google, "Zymurgy’s Google");
  const granted = {
    ...{ accessToken: "xanthippe-access", refreshToken: "xanthippe-refresh", lastsSeconds: 1 },
    ...{ scopes: ["https://www.googleapis.com/auth/contacts.readonly"], extras: {} },
  };
  const whose = "office@quillfeather.example";
  const provider = { ...google, access: { scopes: granted.scopes } };
  must(await storeGrant(scope, { connectorId, provider, granted, whose, by: "session" }));
  await chosen(scope, connectorId);
  return connectorId;
}

/** What is read of it, and where it goes, by words that nobody else has. */
async function chosen(scope: Scope, connectorId: string): Promise<void> {
  const columns = [{ id: "names.given", label: "Zymurgy given name" }];
  const field = { id: "names", label: "Zymurgy name", group: "Quillfeather", usual: true, always: true };
  const offers = { contacts: [{ ...field, columns: columns.map((column) => ({ ...column, goesTo: "givenName" })) }] };
  await scope.db
    .updateTable("connectors")
    .set({
      selection: toJson({ contacts: { fields: ["names"], start: null } }),
      mapping: toJson({ contacts: { columns, fields: ["givenName"] } }),
    })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", connectorId)
    .execute();
  await scope.db
    .insertInto("connector_offers")
    .values({
      ...{ account_id: scope.account.id, connector_id: connectorId, fields: toJson(offers) },
      seen_at: scope.clock.now(),
    })
    .execute();
}

/** One that is not there, which somebody has asked. */
async function askedModel(scope: Scope, connectorId: string): Promise<string> {
  const model = { address: "https://model.quillfeather.example/v1", model: "zymurgy-1", key: "sk-zymurgy" };
  await saveModelSettings(scope, { ...model, samples: 2, isOn: true, version: 0 });
  const columns = [{ streamId: "contacts", columnId: "x", label: "Zymurgy", samples: ["xxxx"] }];
  const questions = [{ fields: [], columns }];
  const shown = shownAs(questions, { host: "model.quillfeather.example", name: model.model, samples: 2 });
  must(await askForProposals(scope, connectorId, { questions, shown }));
  return (await findProposals(scope, connectorId))?.id ?? "";
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

/** A new one each time, beside that which all know. */
async function suppressed(scope: Scope): Promise<string> {
  const entry = { channel: "email", reason: "complained", note: "Zymurgy", source: "webhook:ses" } as const;
  await suppress(scope, { ...entry, value: SUPPRESSED });
  return (await suppress(scope, { ...entry, value: `${newId()}@quillfeather.example` })).id;
}

async function noticeOf(scope: Scope): Promise<string> {
  const event = { userIds: [scope.user?.id ?? ""], eventKey: newId() };
  await notify(scope, { ...event, kind: "contacts-given", subject: { count: 2, contactId: null } });
  return (await listNotices(scope, { limit: 1 }))[0]?.id ?? "";
}
