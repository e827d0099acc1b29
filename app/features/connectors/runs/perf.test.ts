import { expect, test } from "vitest";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { connected, synced } from "~/testing/given-syncs";
import { importedRows } from "~/testing/given-undo";
import { smallSystem } from "~/testing/small-system";

const N = 6_000;
test.each(databases)("speed on %s", { timeout: 300_000 }, async (engine) => {
  const scope = await given.scope(engine, "admin", { clock: testClock() });
  const system = smallSystem();
  system.pageSize = 1000;
  const filler = Object.fromEntries(
    Array.from({ length: 12 }, (_, n) => [`x${n}`, `value of field number ${n} which is long`]),
  );
  const person = (n: number, more = {}) => ({
    given: "Folasade",
    family: `Adebayo ${n}`,
    email: `f.${n}@adebayo.example`,
    mobile: `020 7946 0${100 + (n % 800)}`,
    notes: "Client since 2019, prefers letters in the afternoon, two children, a dog",
    worksFor: `c${n % 50}`,
    ...filler,
    ...more,
  });
  for (let n = 0; n < N; n++) system.put("people", `people/c${n}`, person(n));
  for (let n = 0; n < 50; n++) system.put("companies", `c${n}`, { name: `Firm ${n}` });
  const connectorId = await connected(scope, { fields: { people: Object.keys(person(0)) } });
  const time = async (what: string, mode?: "whole" | "changes") => {
    const at = performance.now();
    const run = await synced(scope, connectorId, system, { mode });
    const ms = performance.now() - at;
    console.info(
      engine,
      what,
      Math.round(ms),
      "ms",
      JSON.stringify(run.counts),
      `${Math.round((ms * 1000) / Math.max(1, run.counts.read))} µs each`,
      Math.round(process.memoryUsage().rss / 1e6),
      "MB",
    );
  };
  await time("first");
  await time("again", "whole");
  await time("again", "whole");
  for (let n = 0; n < 100; n++) system.put("people", `people/c${n * 7}`, person(n * 7, { notes: "changed" }));
  await time("delta");
  await time("delta of nothing");
  const other = await given.scope(engine, "admin", { clock: testClock() });
  const rows = Array.from({ length: N }, (_, n) => {
    const { given: g, family, email, mobile, notes } = person(n);
    return { "Given name": g, "Family name": family, Email: email, Mobile: mobile, Notes: notes };
  });
  const at = performance.now();
  await importedRows(other, rows);
  console.info(
    engine,
    "import",
    Math.round(performance.now() - at),
    `${Math.round(((performance.now() - at) * 1000) / N)} µs each`,
  );
  expect(1).toBe(1);
});
