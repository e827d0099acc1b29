import { expect, test } from "vitest";
import { ga4, ga4WithGoogle } from "~/features/connectors/providers/ga4/ga4";
import { takesFile } from "~/routes/connectors/setting-files";
import { drawFields, readTyped } from "~/routes/connectors/typed-settings.server";

const key = JSON.stringify({ type: "service_account", client_email: "tallybook@hale.example" }, null, 2);

function formWith(more: Record<string, string | File>): FormData {
  const form = new FormData();
  const all = { name: "Analytics of the shop", "setting-property": "213025502", "setting-serviceAccount": "", ...more };
  for (const [name, value] of Object.entries(all)) form.set(name, value);
  return form;
}

test("a key that is handed in as a file counts as if its text had been pasted, in one line", async () => {
  const file = new File([key], "hale-1a2b3c.json", { type: "application/json" });
  const { settings } = await readTyped(formWith({ "setting-serviceAccount-file": file }), ga4);
  expect(settings.property).toBe("213025502");
  expect(settings.serviceAccount).toMatch(/^\{ "type": "service_account", /);
  expect(JSON.parse(settings.serviceAccount ?? "")).toEqual(JSON.parse(key));
  const both = { "setting-serviceAccount": "{}", "setting-serviceAccount-file": file };
  expect((await readTyped(formWith(both), ga4)).settings.serviceAccount).toContain("tallybook@hale.example");
});

test("without a file it is what was pasted", async () => {
  const none = new File([], "", { type: "application/octet-stream" });
  const pasted = { "setting-serviceAccount": key, "setting-serviceAccount-file": none };
  expect((await readTyped(formWith(pasted), ga4)).settings.serviceAccount).toContain("tallybook@hale.example");
  expect((await readTyped(formWith({ "setting-serviceAccount-file": "" }), ga4)).settings.serviceAccount).toBe("");
});

test("no more is taken of a file than of what is typed", async () => {
  const book = new File(["x".repeat(900_000)], "book.json");
  const { settings } = await readTyped(formWith({ "setting-serviceAccount-file": book }), ga4);
  expect(settings.serviceAccount).toHaveLength(10_000);
});

test("a form carries files only where a setting may be one", () => {
  expect(takesFile(drawFields(ga4, { values: {} }))).toBe(true);
  expect(takesFile(drawFields(ga4WithGoogle, { values: {} }))).toBe(false);
});
