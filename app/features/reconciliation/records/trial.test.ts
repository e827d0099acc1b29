/** The trial of a file of orders says what its import would do, and writes nothing. */
import { expect, test } from "vitest";
import { findDraft, uploadFile } from "~/features/pipeline/draft/draft-run.server";
import { rehearseRun } from "~/features/pipeline/trial/rehearse-run.server";
import { orderSubject } from "~/features/reconciliation/records/order-subject.server";
import { readOrders } from "~/features/reconciliation/records/read-records.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";

const never = new AbortController().signal;

async function* bytesOf(text: string) {
  yield await Promise.resolve(Buffer.from(text));
}

async function tried(scope: Scope, text: string) {
  const file = { name: "shop.csv", mediaType: "text/csv", bytes: bytesOf(text) };
  const uploaded = await uploadFile(scope, orderSubject, file);
  const draft = uploaded.ok ? await findDraft(scope, uploaded.runId) : null;
  if (!draft) throw new Error("There is no draft");
  return (await rehearseRun(scope, orderSubject, { run: draft, limits: { signal: never } })).result;
}

test.each(databases)("a trial on %s counts what would be new, the same and refused", async (engine) => {
  const scope = await given.scope(engine, "admin", { clock: testClock() });
  const heading = "Order ID,Order number,Order date,Currency,Total\n";
  const kettle = "5001,#1001,2026-03-01T10:00:00Z,EUR,119.00\n";
  const result = await tried(scope, heading + kettle + kettle + kettle.replace("EUR", "XXX"));
  expect(result).toMatchObject({ counts: { read: 3, created: 1, same: 1, refused: 1 } });
  const window = { origin: "file", from: "2026-01-01T00:00:00.000Z", to: "2027-01-01T00:00:00.000Z" };
  for await (const batch of readOrders(scope, window)) expect(batch).toEqual([]);
});
