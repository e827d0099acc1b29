/** Every exported query and command, called by another account with ids of ours: it finds nothing and changes nothing. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { subjects } from "~/composition.server";
import { listCorrections } from "~/features/pipeline/corrections/corrections.server";
import { findDraft } from "~/features/pipeline/draft/draft-run.server";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { beginTrial } from "~/features/pipeline/trial/continue-trial.server";
import { openRun } from "~/features/pipeline/run/open-run.server";
import { startRun } from "~/features/pipeline/run/start-run.server";
import { loadMembers } from "~/features/contacts/serve-contact.server";
import { newId } from "~/platform/ids.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";
import { csvOf, imported, refusedSheet, typed } from "~/testing/corrected";
import { databases, openTestDatabase, type TestDatabase } from "~/testing/databases";
import { given } from "~/testing/given";
import { tableRows } from "~/testing/table-rows";
import { comparisonExample } from "~/testing/walk/comparison-example";
import { doneImport, tellTales, upload, withLogo } from "~/testing/walk/examples";
import { makeExample } from "~/testing/walk/make-example";
import { orderExample } from "~/testing/walk/order-example";
import { type Ours, something, throws } from "~/testing/walk/query-shape";
import { syncExample } from "~/testing/walk/sync-example";
import { queryTable } from "~/testing/walk/query-table";
import { scopeFunctions } from "~/testing/walk/scope-functions";

test("every exported function that takes a scope is in the table, and nothing else", async () => {
  const told = Object.entries(queryTable).map(([file, functions]) => [file, Object.keys(functions).sort()]);
  const advice = "Add to app/testing/walk/query-table.ts what is new, and what another account gets from it";
  expect(Object.fromEntries(told), advice).toEqual(await scopeFunctions());
});

async function everythingOf(scope: Scope): Promise<Ours> {
  const example = await makeExample(scope, await doneImport(scope));
  const sameRunId = await doneImport(scope);
  const draft = await findDraft(scope, example.draftId);
  const taken = await upload(scope);
  await startRun(scope, taken);
  const open = await openRun(scope, subjects, taken);
  const record = (await loadMembers(scope, [example.contactId])).get(example.contactId)?.members[0];
  const accountId = scope.account.id;
  const { unguarded } = scope.database;
  const raw = unguarded.selectFrom("raw_records").select(["id", "subject_id"]).where("account_id", "=", accountId);
  const same = await raw.where("run_id", "=", sameRunId).where("outcome", "=", "same").executeTakeFirstOrThrow();
  const records = unguarded.selectFrom("contact_records").select("raw_record_id").where("account_id", "=", accountId);
  const stored = await records.where("raw_record_id", "is not", null).executeTakeFirstOrThrow();
  const events = unguarded.selectFrom("audit_events").select("id").where("account_id", "=", accountId);
  const event = await events.limit(1).executeTakeFirstOrThrow();
  await beginFile(scope);
  if (!draft || !open || !record) throw new Error("The example lacks something");
  await beginTrial(scope, contactSubject, draft);
  return {
    ...example,
    draft,
    open,
    record,
    changeSetId: open.changeSetId,
    eventId: event.id,
    rawRecordId: same.id,
    storedRawId: stored.raw_record_id ?? "",
    sameRunId,
    importedId: same.subject_id ?? "",
    userId: scope.user?.id ?? "",
    ...(await corrected(scope)),
    sync: await syncExample(scope),
    orders: await orderExample(scope, newId()),
    comparison: await comparisonExample(scope),
  };
}

/** A refused row that came back mended. */
async function corrected(scope: Scope) {
  const correctedId = await doneImport(scope);
  const sheet = typed(await refusedSheet(scope, correctedId), "Email", () => "mended@quillfeather.example");
  const { id: correctionId } = await imported(scope, csvOf(sheet));
  const [correction] = await listCorrections(scope, correctedId);
  const run = scope.database.unguarded.selectFrom("runs").select("change_set_id").where("id", "=", correctedId);
  const { change_set_id } = await run.executeTakeFirstOrThrow();
  if (correction?.id !== correctionId) throw new Error("The example lacks a correction");
  return { correctedId, correctedChangeId: change_set_id ?? "", correctionId };
}

/** An upload that was cut off. */
async function beginFile({ account, database, clock }: Scope): Promise<void> {
  const file = { account_id: account.id, id: newId(), name: "zymurgy.csv", media_type: "text/csv", size_bytes: 0 };
  const times = { created_at: clock.now(), created_by: null, completed_at: null };
  await database.unguarded
    .insertInto("files")
    .values({ ...file, ...times, sha256: "" })
    .execute();
}

const functions = Object.entries(queryTable).flatMap(([file, calls]) =>
  Object.entries(calls).map(([name, [call, wanted]]) => ({ file, name, call, wanted })),
);

describe.each(databases)("on %s", (engine) => {
  let database: TestDatabase;
  let ours: Ours;
  let scope: Scope;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    scope = await withLogo(await given.scope(engine, "admin", { database }));
    ours = await everythingOf(scope);
  });
  afterAll(() => database.close());

  test.each(functions)("$name of $file gives another account nothing of ours", async ({ call, wanted }) => {
    const before = await tableRows(database, scope.account.id);
    const theirs = await given.scope(engine, "admin", { database });
    const answer = (async () => call(theirs, ours))();
    if (wanted === throws) {
      await expect(answer).rejects.toThrow();
    } else {
      const given = await answer;
      if (wanted !== something) expect(given).toEqual(wanted);
      const text = JSON.stringify(given) ?? "";
      for (const word of [...tellTales, ours.contactId, ours.doneId]) expect(text).not.toContain(word);
    }
    expect(await tableRows(database, scope.account.id)).toEqual(before);
  });

  // Else the table would ask for what is not there anyhow.
  const findings = functions.filter(({ wanted }) => ![something, throws, undefined].includes(wanted as symbol));
  test.each(findings)("$name of $file finds it for ourselves", async ({ call, wanted }) => {
    let found: unknown = wanted;
    const undone = inTransaction(scope, async (inside) => {
      found = await call(inside, ours);
      throw new Error("undo");
    });
    await expect(undone).rejects.toThrow("undo");
    expect(found).not.toEqual(wanted);
  });
});
