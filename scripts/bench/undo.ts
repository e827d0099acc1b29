/** How much longer it takes to undo an import than it took to import: ten new contacts for each that is changed. */
import { csvOf, importCsv } from "./import-rows";
import { type Bench, figure, timed } from "./measure";
import { openBenchWorld, openFirm } from "./site";
import { systemScope } from "~/features/accounts/account-scope.server";
import { continueUndo } from "~/features/changes/continue-undo.server";
import { undoChangeSet } from "~/features/changes/undo.server";
import { type ContactValues } from "~/features/contacts/contact";
import { undoing } from "~/composition.server";
import { type InstallationScope, type Scope } from "~/platform/scope.server";
import { sampleContacts } from "~/testing/sample/sample-contacts";

export const undoImport: Bench = async (options) => {
  const changed = options.quick ? 900 : 10_000;
  const { contacts } = sampleContacts(changed * 11, 7);
  const known = contacts.slice(0, changed);
  const { installation, close } = await openBenchWorld(options);
  try {
    const scope = await openFirm(installation);
    await importCsv(installation, scope, csvOf(known));
    options.say(`Importing ${contacts.length.toLocaleString("en-GB")} rows on ${options.database}, to undo them …`);
    const second = [...known.map(promoted), ...contacts.slice(changed)];
    let runId = "";
    const importMs = await timed(async () => {
      runId = await importCsv(installation, scope, csvOf(second));
    });
    const run = await scope.db
      .selectFrom("runs")
      .select(["change_set_id", "created_count", "changed_count", "refused_count"])
      .where("account_id", "=", scope.account.id)
      .where("id", "=", runId)
      .executeTakeFirstOrThrow();
    const undoMs = await timed(() => undo(installation, scope, run.change_set_id ?? ""));
    const counted = await scope.db
      .selectFrom("undos")
      .select(["undone_count", "left_count"])
      .where("account_id", "=", scope.account.id)
      .executeTakeFirstOrThrow();
    options.say(
      `import ${Math.round(importMs)} ms, undo ${Math.round(undoMs)} ms; ${JSON.stringify({ ...run, ...counted })}`,
    );
    return { "undo.import": figure(undoMs / importMs, "× the import that is undone", 1) };
  } finally {
    await close();
  }
};

function promoted(contact: ContactValues): ContactValues {
  return { ...contact, jobTitle: `${contact.jobTitle ?? "Clerk"}, retired` };
}

async function undo(installation: InstallationScope, scope: Scope, changeSetId: string): Promise<void> {
  const asked = await undoChangeSet(scope, changeSetId, undoing);
  if (!asked.ok || !("undoId" in asked)) throw new Error("The import cannot be undone");
  const system = await systemScope(installation, scope.account.id);
  await continueUndo({ ...system, user: scope.user }, asked.undoId, { undoing, signal: new AbortController().signal });
}
