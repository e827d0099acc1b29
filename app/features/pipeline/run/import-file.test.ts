import fc from "fast-check";
import { stringify } from "csv-stringify/sync";
import { describe, expect, test } from "vitest";
import { subjects } from "~/composition.server";
import { verifyChain } from "~/features/audit/audit.server";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { continueRun } from "~/features/pipeline/run/continue-run.server";
import { findDraft, saveDraft, uploadFile } from "~/features/pipeline/draft/draft-run.server";
import { refusedRowsCsv } from "~/features/pipeline/corrections/refused-files.server";
import { listRefusals } from "~/features/pipeline/corrections/refused-rows.server";
import { findRun, logTail } from "~/features/pipeline/run/runs.server";
import { cancelRun, startRun } from "~/features/pipeline/run/start-run.server";
import { type Scope } from "~/platform/scope.server";
import { later } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";

async function* pieces(content: string | Buffer) {
  const bytes = Buffer.from(content as string);
  for (let at = 0; at < bytes.length; at += 1_000) yield bytes.subarray(at, at + 1_000);
}

async function upload(scope: Scope, content: string | Buffer, name = "clients-2026.csv") {
  return uploadFile(scope, contactSubject, { name, mediaType: "text/csv", bytes: pieces(content) });
}

/** A signal that lets this many batches pass and aborts before the next. */
function abortedAfter(batches: number): AbortSignal {
  const stop = new AbortController();
  let left = batches;
  stop.signal.throwIfAborted = () => {
    if (left-- <= 0) stop.abort();
    AbortSignal.prototype.throwIfAborted.call(stop.signal);
  };
  return stop.signal;
}

const never = new AbortController().signal;

async function started(scope: Scope, content: string | Buffer): Promise<string> {
  const uploaded = await upload(scope, content);
  if (!uploaded.ok) throw new Error(uploaded.reason);
  expect(await startRun(scope, uploaded.runId)).toEqual({ ok: true });
  return uploaded.runId;
}

/** Uploads, starts and carries out an import, some time after whatever was imported before. */
async function imported(scope: Scope, content: string | Buffer) {
  const clock = testClock(later(scope.clock.now(), 60_000));
  const then = { ...scope, clock };
  const runId = await started(then, content);
  await continueRun(then, subjects, runId, { signal: never });
  const run = await findRun(scope, runId);
  if (!run) throw new Error("The run is gone");
  expect(run.counts.created + run.counts.changed + run.counts.same + run.counts.refused).toBe(run.counts.read);
  return { ...run, scope: then };
}

async function contacts(scope: Scope) {
  return scope.db
    .selectFrom("contacts")
    .select(["id", "name", "kind", "company", "email", "phone", "tags", "version"])
    .where("account_id", "=", scope.account.id)
    .orderBy("name_key")
    .orderBy("id")
    .execute();
}

async function refusals(scope: Scope, runId: string) {
  const lines = await listRefusals(scope, runId, { after: 0, limit: 1_000 });
  return lines.map((line) => [line.position, line.column, line.value]);
}

const heading = "Given name,Family name,Company,Email,Phone,Tags\n";

describe.each(databases)("importing contacts on %s", (engine) => {
  test("new people come in with what the file says of them, and a sentence at each stage", async () => {
    const { scope } = await given.twoAccounts(engine);
    const run = await imported(
      scope,
      `${heading}Folasade,Adebayo,Adebayo Ceramics,folasade@adebayo.example,020 7946 0182,"client, 2026"
,,Brandt Holzbau GmbH,office@brandt.example,+49 30 1234567,
`,
    );
    expect(run).toMatchObject({ state: "done", counts: { read: 2, created: 2, changed: 0, same: 0, refused: 0 } });
    expect(await contacts(scope)).toMatchObject([
      { name: "Folasade Adebayo", kind: "individual", email: "folasade@adebayo.example", phone: "+442079460182" },
      { name: "Brandt Holzbau GmbH", kind: "business", phone: "+49301234567" },
    ]);
    const log = (await logTail(scope, run.id)).map((line) => line.text);
    expect(log[0]).toBe("Started.");
    expect(log).toContain("Stored 2. 2 read: 2 new, 0 changed, 0 the same, 0 refused.");
    expect(log.at(-1)).toBe("Done.");
  });

  test("the same file again changes nothing, also in another order and another encoding", async () => {
    const { scope } = await given.twoAccounts(engine);
    const rows = [
      "Folasade,Adebayo,Adebayo Ceramics,folasade@adebayo.example,020 7946 0182,client",
      "Ann,Okafor,,,020 7946 0999,",
      "François,Müller,Müller & Söhne,,,",
    ];
    await imported(scope, `${heading}${rows.join("\n")}\n`);
    const before = await contacts(scope);
    const again = await imported(scope, `${heading}${rows.join("\n")}\n`);
    expect(again.counts).toEqual({ read: 3, created: 0, changed: 0, same: 3, refused: 0 });
    const other = Buffer.from(`${heading}${[...rows].reverse().join("\n")}\n`.replaceAll(",", ";"), "latin1");
    expect((await imported(scope, other)).counts).toMatchObject({ created: 0, changed: 0, same: 3 });
    expect(await contacts(scope)).toEqual(before);
  });

  test("a row is the contact with the same email, else the same name with the same phone or company", async () => {
    const { scope } = await given.twoAccounts(engine);
    await imported(
      scope,
      `${heading}Folasade,Adebayo,,folasade@adebayo.example,,
Ann,Okafor,,,020 7946 0999,
Jan,Brandt,Brandt Holzbau GmbH,,,
`,
    );
    const run = await imported(
      scope,
      `Name,E-Mail,Telefon,Firma\nF. Adebayo,FOLASADE@adebayo.example,,Adebayo Ceramics\nAnn Okafor,ann@okafor.example,+44 20 7946 0999,\n"Brandt, Jan",,,Brandt Holzbau GmbH\nJan Brandt,,,Other Ltd\n`,
    );
    expect(run.counts).toEqual({ read: 4, created: 1, changed: 2, same: 1, refused: 0 });
    expect(await contacts(scope)).toHaveLength(4);
  });

  test("two candidates refuse the row, and the reason names them", async () => {
    const { scope } = await given.twoAccounts(engine);
    await imported(scope, `${heading}Ann,Okafor,,ann@okafor.example,,\nBen,Okafor,,ben@okafor.example,,\n`);
    const run = await imported(scope, `${heading}Ann,Okafor,,ann@okafor.example; ben@okafor.example,,\n`);
    expect(run).toMatchObject({ state: "attention", counts: { read: 1, refused: 1 } });
    const [line] = await listRefusals(scope, run.id, { after: 0, limit: 9 });
    expect(line?.reason).toMatch(/2 contacts fit: “Ann Okafor.*“Ben Okafor \(ben@okafor.example\)”/);
    expect(line?.fits).toEqual([
      { id: expect.any(String), name: "Ann Okafor (ann@okafor.example)" },
      { id: expect.any(String), name: "Ben Okafor (ben@okafor.example)" },
    ]);
  });

  test("a bad row costs only itself, and comes back as a CSV to be mended and sent again", async () => {
    const { scope } = await given.twoAccounts(engine);
    const file = `${heading}Folasade,Adebayo,,folasade@@adebayo.example,call the office,
Ann,Okafor,,ann@okafor.example,'+44 20 7946 0999,

Ben,Okafor,,,,,17
,,,,,client
Carla,"Nul\0man",,,,
"Multi
line",Brandt,=HYPERLINK("x"),jan@brandt,,
`;
    const run = await imported(scope, file);
    expect(run).toMatchObject({ state: "done", counts: { read: 6, created: 1, refused: 5 } });
    expect(await refusals(scope, run.id)).toEqual([
      [2, "Email", "folasade@@adebayo.example"],
      [2, "Phone", "call the office"],
      [5, null, "17"],
      [6, null, null],
      [7, "Family name", "Nul\uFFFDman"],
      [8, "Email", "jan@brandt"],
    ]);
    const download = await refusedRowsCsv(scope, run.id);
    let text = "";
    for await (const piece of download?.bytes ?? []) text += Buffer.from(piece).toString();
    expect(download?.name).toBe("clients-2026 - refused rows.csv");
    expect(text).toContain(
      "\ufeffLine,Column,Value,Reason,Given name,Family name,Company,Email,Phone,Tags,Tallybook row\r\n",
    );
    expect(text).toContain(`'=HYPERLINK`);
    const mended = text
      .replace("Folasade,Adebayo,,folasade@@adebayo.example,call the office", "Folasade,Adebayo,,f@adebayo.example,")
      .replace(/,jan@brandt,,,row/, ",jan@brandt.example,,,row");
    const again = await imported(scope, mended);
    expect(again.counts).toMatchObject({ read: 5, created: 2, refused: 3 });
    expect((await contacts(scope)).map((contact) => contact.company)).toContain('=HYPERLINK("x")');
  });

  test("two rows of one person in one file see each other", async () => {
    const { scope } = await given.twoAccounts(engine);
    const file = `${heading}Ann,Okafor,,ann@okafor.example,,\nAnn,Okafor,Okafor Ltd,ann@okafor.example,,\nAnn,Okafor,,ann@okafor.example,,\n`;
    const run = await imported(scope, file);
    expect(run.counts).toEqual({ read: 3, created: 1, changed: 1, same: 1, refused: 0 });
    expect(await contacts(scope)).toMatchObject([{ name: "Ann Okafor", company: "Okafor Ltd" }]);
  });

  test("every change is in one change set with before and after, and one event tells of the import", async () => {
    const { scope } = await given.twoAccounts(engine);
    await imported(scope, `${heading}Ann,Okafor,,ann@okafor.example,,\n`);
    const run = await imported(
      scope,
      `${heading}Ann,Okafor,Okafor Ltd,ann@okafor.example,,\nBen,Okafor,,b@okafor.example,,\n`,
    );
    const entries = await scope.db
      .selectFrom("change_entries")
      .innerJoin("change_sets", (join) =>
        join
          .onRef("change_sets.account_id", "=", "change_entries.account_id")
          .onRef("change_sets.id", "=", "change_entries.change_set_id"),
      )
      .innerJoin("runs", (join) =>
        join.onRef("runs.account_id", "=", "change_sets.account_id").onRef("runs.change_set_id", "=", "change_sets.id"),
      )
      .select(["position", "subject_kind", "before", "after", "event_id"])
      .where("change_entries.account_id", "=", scope.account.id)
      .where("runs.id", "=", run.id)
      .orderBy("position")
      .execute();
    expect(entries.map(({ position, before, after }) => [position, before, after])).toEqual([
      [2, '{"values":{"company":null}}', '{"values":{"company":"Okafor Ltd"}}'],
      [3, null, expect.stringContaining('"familyName":"Okafor"')],
    ]);
    const event = await scope.db
      .selectFrom("audit_events")
      .select(["action", "body", "actor_user_id"])
      .where("account_id", "=", scope.account.id)
      .where("id", "=", entries[0]?.event_id ?? "")
      .executeTakeFirstOrThrow();
    expect(event).toMatchObject({ action: "contacts.imported", actor_user_id: scope.user?.id });
    expect(JSON.parse(event.body)).toMatchObject({ counts: { read: 2, created: 1, changed: 1 } });
    expect(event.body).not.toContain("okafor");
    expect(await verifyChain(scope)).toMatchObject({ ok: true });
  });

  test("names in other scripts, a name like an object's own, and a broken build", async () => {
    const { scope } = await given.twoAccounts(engine);
    const run = await imported(scope, "Name,__proto__,constructor\n陳大文,1,2\nМария Иванова,3,4\nعمر,5,6\n");
    expect(run.counts).toMatchObject({ read: 3, created: 3 });
    const good = "Ann,Okafor,,a@okafor.example,,\n".repeat(1_200);
    const broken = await imported(scope, `${heading}${good}"Ben,Okafor,,,,\n`);
    expect(broken).toMatchObject({ state: "failed", counts: { read: 0 } });
    expect(broken.problem).toMatch(/line 1,?202 is never closed/);
    expect(await contacts(scope)).toHaveLength(3);
  });

  test.each<[string, string | Buffer, RegExp]>([
    ["an empty one", "", /is empty/],
    ["a heading alone", heading, /no rows under it/],
    ["blanks", "\n\n,,\n", /nothing in it but blanks/],
    ["a picture", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]), /picture/],
    ["a workbook", Buffer.from("PK\x03\x04\x14\0\x06\0[Content_Types].xml", "latin1"), /damaged or was cut off/],
    ["a line without end", "x".repeat(2_000_000), /longer than 1 MB/],
    ["more columns than anybody has", `${"a,".repeat(300)}b\n1,2\n`, /301 columns/],
  ])("a file that can not be imported is told so and not kept: %s", async (_what, content, reason) => {
    const { scope } = await given.twoAccounts(engine);
    expect(await upload(scope, content)).toEqual({ ok: false, reason: expect.stringMatching(reason) as string });
    const kept = scope.db.selectFrom("files").select("id").where("account_id", "=", scope.account.id);
    expect(await kept.execute()).toEqual([]);
  });

  test("another account's run is not there", async () => {
    const { scope, other } = await given.twoAccounts(engine);
    const runId = await started(scope, `${heading}Ann,Okafor,,a@okafor.example,,\n`);
    expect(await findRun(other, runId)).toBeNull();
    expect(await findDraft(other, runId)).toBeNull();
    expect(await refusedRowsCsv(other, runId)).toBeNull();
    expect(await cancelRun(other, runId)).toEqual({ ok: false });
    await continueRun(other, subjects, runId, { signal: never });
    expect(await findRun(scope, runId)).toMatchObject({ state: "queued" });
  });

  test("a draft can be read in another way and its columns sent elsewhere before it starts, once", async () => {
    const { scope } = await given.twoAccounts(engine);
    const uploaded = await upload(scope, "Wer;Wo\nAnn Okafor;ann@okafor.example\n");
    if (!uploaded.ok) throw new Error(uploaded.reason);
    const draft = await findDraft(scope, uploaded.runId);
    if (!draft) throw new Error("no draft");
    expect(draft.settings).toMatchObject({
      reading: { delimiter: ";" },
      columns: ["Wer", "Wo"],
      mapping: ["", "email"],
    });
    const save = (choices: object) =>
      saveDraft(scope, contactSubject, { draft, choices: { ...draft.settings, ...choices } });
    expect(await save({ mapping: ["email"] })).toMatchObject({ ok: false });
    expect(await save({ mapping: ["name", "name"] })).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/“Wer” and “Wo” both go to “Full name”/) as string,
    });
    expect(await save({ reading: { ...draft.settings.reading, delimiter: "," } })).toEqual({ ok: true, reread: true });
    expect((await findDraft(scope, draft.id))?.settings.columns).toEqual(["Wer;Wo"]);
    expect(await save({ mapping: ["name", "email"] })).toEqual({ ok: true, reread: false });
    expect(await startRun(scope, draft.id)).toEqual({ ok: true });
    expect(await startRun(scope, draft.id)).toEqual({ ok: false });
    expect(await findDraft(scope, draft.id)).toBeNull();
  });

  test("cancelled before it began it does nothing; cancelled on the way it keeps what it did", async () => {
    const { scope } = await given.twoAccounts(engine);
    const rows = Array.from({ length: 700 }, (_, index) => `Ann,Okafor ${index},,a${index}@okafor.example,,\n`).join(
      "",
    );
    const first = await started(scope, heading + rows);
    await cancelRun(scope, first);
    await continueRun(scope, subjects, first, { signal: never });
    expect(await findRun(scope, first)).toMatchObject({ state: "cancelled", counts: { read: 0 } });
    const second = await started(scope, heading + rows);
    const stop = new AbortController();
    const stopping = continueRun(scope, subjects, second, { signal: stop.signal });
    const watch = setInterval(() => {
      void findRun(scope, second).then(async (run) => {
        if (run && run.counts.read > 0) await cancelRun(scope, second);
      });
    }, 1);
    await stopping;
    clearInterval(watch);
    const run = await findRun(scope, second);
    expect(run?.counts.created).toBe((await contacts(scope)).length);
  });

  test("a worker that was overtaken writes no more", async () => {
    const { scope } = await given.twoAccounts(engine);
    const rows = Array.from({ length: 900 }, (_, index) => `Ann,Okafor ${index},,a${index}@okafor.example,,\n`).join(
      "",
    );
    const runId = await started(scope, heading + rows);
    await Promise.all([1, 2, 3].map(() => continueRun(scope, subjects, runId, { signal: never })));
    expect(await findRun(scope, runId)).toMatchObject({ state: "done", counts: { read: 900, created: 900 } });
    expect(await contacts(scope)).toHaveLength(900);
  });

  test("interrupted at any batch and taken up again, it ends as if nothing had happened", async () => {
    const { scope } = await given.twoAccounts(engine);
    const rows = Array.from(
      { length: 1_000 },
      (_, index) => `Ann,Okafor ${index % 800},,a${index % 800}@okafor.example,,\n`,
    );
    const runId = await started(scope, heading + rows.join("") + "Bad,,,bad@@x.example,,\n");
    for (let tries = 0; tries < 20 && (await findRun(scope, runId))?.state !== "done"; tries++) {
      await continueRun(scope, subjects, runId, { signal: abortedAfter(1) }).catch((error: Error) => {
        expect(error.name).toBe("AbortError");
      });
    }
    expect(await findRun(scope, runId)).toMatchObject({
      state: "done",
      total: 1_001,
      counts: { read: 1_001, created: 800, changed: 0, same: 200, refused: 1 },
    });
    expect(await contacts(scope)).toHaveLength(800);
  });

  test("the same rows again, in any file and order: 0 changes", { timeout: 240_000 }, async () => {
    const row = fc.tuple(
      fc.constantFrom("", "Ann", "Ben"),
      fc.constantFrom("", "Okafor", "Adebayo"),
      fc.constantFrom("", "Okafor Ltd", "Brandt Holzbau GmbH", "okafor ltd"),
      fc.constantFrom("", "", "a@x.example", "b@x.example", "A@x.example; b@x.example", "c@x.example"),
      fc.constantFrom("", "", "020 7946 0182", "+44 20 7946 0182", "020 7946 0999", "letters"),
      fc.constantFrom("", "client", "client, 2026"),
    );
    const tables = fc.array(row, { minLength: 1, maxLength: 14 });
    const file = (rows: readonly (readonly string[])[]) => heading + stringify(rows.map((cells) => [...cells]));
    await fc.assert(
      fc.asyncProperty(tables, tables, fc.infiniteStream(fc.nat()), async (before, rows, order) => {
        const { scope } = await given.twoAccounts(engine);
        if (before.some((cells) => cells.some(Boolean)))
          await imported(scope, file(before.filter((cells) => cells.some(Boolean))));
        const said = rows.filter((cells) => cells.some(Boolean));
        if (said.length === 0) return;
        const first = await imported({ ...scope, clock: testClock(later(scope.clock.now(), 120_000)) }, file(said));
        const after = await contacts(scope);
        const shuffled = said.map((cells) => ({ cells, at: order.next().value as number })).sort((a, b) => a.at - b.at);
        const cut = (order.next().value as number) % (said.length + 1);
        for (const [index, part] of [shuffled.slice(0, cut), shuffled.slice(cut)].entries()) {
          if (part.length === 0) continue;
          const clock = testClock(later(scope.clock.now(), (index + 3) * 120_000));
          const again = await imported({ ...scope, clock }, file(part.map(({ cells }) => cells)));
          expect(again.counts).toMatchObject({ created: 0, changed: 0 });
        }
        expect(await contacts(scope)).toEqual(after);
        expect(first.counts.created).toBeLessThanOrEqual(after.length);
      }),
      { numRuns: engine === "sqlite" ? 120 : 40 },
    );
  });
});
