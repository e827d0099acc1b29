/** Who is erased is named nowhere any more: not in the reasons of refused rows, not in what a trial told. */
import { describe, expect, test } from "vitest";
import sweep from "../../../../jobs/sweep";
import { subjects } from "~/composition.server";
import { deleteContacts } from "~/features/contacts/deletion/delete-contacts.server";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { listRefusals } from "~/features/pipeline/corrections/refused-rows.server";
import { type Draft, findDraft } from "~/features/pipeline/draft/draft-run.server";
import { continueRun } from "~/features/pipeline/run/continue-run.server";
import { beginTrial, continueTrial } from "~/features/pipeline/trial/continue-trial.server";
import { startChecked } from "~/features/pipeline/trial/start-checked.server";
import { type Scope } from "~/platform/scope.server";
import { DAY_MS, MINUTE_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { tableRows } from "~/testing/table-rows";
import { upload } from "~/testing/walk/examples";

const { signal } = new AbortController();
const heading = "Company,Email,Phone\n";
const both = "Brandt Holzbau GmbH,office@quill.example; kemi@quill.example,\n";

async function twoWhoShareARow(engine: (typeof databases)[number]) {
  const clock = testClock();
  const scope = await given.scope(engine, "admin", { clock });
  const email = (value: string) => [{ value, label: null }];
  const quarshie = await given.contact(scope, { familyName: "Quarshie", emails: email("office@quill.example") });
  await given.contact(scope, { givenName: "Kemi", emails: email("kemi@quill.example") });
  clock.advance(MINUTE_MS);
  return { clock, scope, quarshie: quarshie.id };
}

async function tried(scope: Scope, rows: string): Promise<string> {
  const runId = await upload(scope, heading + rows);
  await beginTrial(scope, contactSubject, (await findDraft(scope, runId)) as Draft);
  await continueTrial(scope, subjects, runId, { signal });
  return runId;
}

async function startedAfterTrial(scope: Scope, rows: string): Promise<string> {
  const runId = await tried(scope, rows);
  expect(await startChecked(scope, runId, { confirmed: null })).toEqual({ ok: true });
  await continueRun(scope, subjects, runId, { signal });
  return runId;
}

async function isNamed(scope: Scope): Promise<boolean> {
  return JSON.stringify(await tableRows(scope.database, scope.account.id)).includes("Quarshie");
}

describe.each(databases)("the name of somebody who is erased, on %s", (engine) => {
  test("leaves refused rows, however many, and the trials of imports that were started", async () => {
    const { clock, scope, quarshie } = await twoWhoShareARow(engine);
    const changed = "Adebayo Ceramics,office@quill.example,020 7946 0182\n";
    const runId = await startedAfterTrial(scope, changed + both.repeat(310));
    const [line] = await listRefusals(scope, runId, { after: 0, limit: 1 });
    expect(line?.reason).toContain("“Quarshie (office@quill.example)”");
    expect(line?.fits).toHaveLength(2);

    await deleteContacts(scope, [quarshie]);
    clock.advance(30 * DAY_MS);
    expect(await isNamed(scope)).toBe(true);
    await sweep({}, given.job(await given.installation(engine, { clock })));
    expect(await isNamed(scope)).toBe(false);
    const lines = await listRefusals(scope, runId, { after: 0, limit: 400 });
    expect(lines).toHaveLength(310);
    expect(new Set(lines.map(({ reason }) => reason))).toEqual(
      new Set([
        "Several that are here fitted it alike. Which ones is no longer told, since what one of them said was erased. Bring it in again.",
      ]),
    );
    expect(lines.flatMap(({ fits }) => fits)).toEqual([]);
  });

  test("leaves the trial of an import that was never started, with its draft", async () => {
    const { clock, scope, quarshie } = await twoWhoShareARow(engine);
    await tried(scope, both);
    clock.advance(MINUTE_MS);
    await deleteContacts(scope, [quarshie]);
    clock.advance(30 * DAY_MS);
    expect(await isNamed(scope)).toBe(true);
    await sweep({}, given.job(await given.installation(engine, { clock })));
    expect(await isNamed(scope)).toBe(false);
  });

  test("stays where somebody else is erased", async () => {
    const { clock, scope } = await twoWhoShareARow(engine);
    const other = await given.contact(scope, { familyName: "Adebayo" });
    const runId = await startedAfterTrial(scope, both);
    await deleteContacts(scope, [other.id]);
    clock.advance(30 * DAY_MS);
    await sweep({}, given.job(await given.installation(engine, { clock })));
    const [line] = await listRefusals(scope, runId, { after: 0, limit: 1 });
    expect(line?.fits).toHaveLength(2);
  });
});
