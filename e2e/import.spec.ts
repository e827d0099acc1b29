/** A list from elsewhere: uploaded, looked at, imported in the background, and its bad rows sent again. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { searchFor, rows, panel } from "./contacts";
import { expectRefused, heading, press } from "./forms";
import { figures, germanCsv, importList, untilDone, upload } from "./imports";
import { newFamilyName } from "./names";
import { as, expect, test } from "./people";

test.use(as("user"));

const head = ["Vorname", "Nachname", "Firma", "E-Mail", "Telefon", "Straße", "PLZ", "Ort"];

function list(family: string) {
  const mail = (name: string) => `${name}@${family}.example`.toLowerCase();
  return [
    head,
    [
      "Jürgen",
      family,
      "Weiß Möbel GmbH",
      mail("juergen"),
      "+49 30 23125 014",
      "Köpenicker Straße 7",
      "10997",
      "Berlin",
    ],
    ["Anneliese", family, "Weiß Möbel GmbH", mail("anneliese"), "+49 30 23125 015", "", "", ""],
    ["Björn", family, "", "bjoern at home", "", "", "", ""],
    ["François", family, "", mail("francois"), "siehe Büro", "", "", ""],
    ["Grete", family, "", mail("grete"), "", "", "", "München"],
  ];
}

test("a list with umlauts and semicolons is read as it was meant, and its bad rows come back as a file", async ({
  page,
  demo,
}) => {
  const family = newFamilyName();
  const file = germanCsv("Kundenliste März.csv", list(family));

  await test.step("the file is understood without being told how", async () => {
    await upload(page, demo.account, file);
    await expect(heading(page)).toHaveText("Import “Kundenliste März.csv”");
    await expect(page.getByLabel("Separator between cells")).toHaveValue("semicolon");
    await expect(page.getByLabel("Encoding")).toHaveValue("windows-1252");
    await expect(page.getByRole("combobox", { name: "Where Nachname goes" })).toHaveValue("familyName");
    await expect(page.getByRole("combobox", { name: "Where Straße goes" })).toHaveValue("street");
    await expect(page.getByRole("main")).toContainText("Weiß Möbel GmbH");
  });

  await test.step("the check shows the first rows as they will be stored, and what will be refused", async () => {
    await press(page, "Go on to the check");
    await expect(page.getByRole("row", { name: /Jürgen/ })).toContainText("Köpenicker Straße 7");
    await expect(page.getByRole("row", { name: /Jürgen/ })).toContainText("New");
    await expect(panel(page, "Will be refused")).toContainText("bjoern at home");
    await page.goto(`/${demo.account}/contacts?q=${family}`);
    await expect(page.getByText("0 found"), "nothing is stored yet").toBeVisible();
    await page.goBack();
  });

  const run = await test.step("the import runs by itself and its numbers add up", async () => {
    await press(page, "Import all rows");
    await untilDone(page);
    expect(await figures(page)).toEqual({ "rows read": "5", new: "3", changed: "0", "the same": "0", refused: "2" });
    return new URL(page.url()).pathname;
  });

  await test.step("the refused rows say what was wrong, and are a file to correct", async () => {
    await expect(page.getByRole("row", { name: /siehe Büro/ })).toContainText("it has hardly any digits");
    const coming = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download as CSV" }).click();
    const download = await coming;
    expect(download.suggestedFilename()).toBe("Kundenliste März - refused rows.csv");
    const csv = readFileSync(await download.path(), "utf8");
    const [first, ...others] = csv.split("\r\n").filter(Boolean);
    expect(first).toBe(`\ufeffLine,Column,Value,Reason,${head.join(",")},Tallybook row`);
    expect(others).toHaveLength(2);
    expect(others[0]).toContain(`4,E-Mail,bjoern at home,This email address has no @ sign.`);
    expect(others[0]).toContain(`,Björn,${family},,bjoern at home,`);
    expect(others[1]).toContain(`5,Telefon,siehe Büro,`);

    const mended = csv.replaceAll("siehe Büro", "+49 30 23125 016").replaceAll("bjoern at home", "");
    await upload(page, demo.account, { name: "mended.csv", bytes: Buffer.from(mended) });
    await press(page, "Import all rows");
    await untilDone(page);
    expect(await figures(page)).toMatchObject({ "rows read": "2", new: "2", refused: "0" });
  });

  await test.step("the people are found, and say where they come from", async () => {
    await searchFor(page, `${family} weiss mobel`);
    await expect(rows(page)).toHaveCount(2);
    await rows(page)
      .getByRole("link", { name: /Jürgen/ })
      .click();
    await expect(page.getByRole("main")).toContainText("“Kundenliste März.csv”, line 2");
    await expect(panel(page, "History")).toContainText("Brought in from “Kundenliste März.csv”");
    await panel(page, "History").locator("summary").first().click();
    await expect(panel(page, "History")).toContainText("Kind: empty → Person");
  });

  await test.step("work lists it", async () => {
    await page.goto(`/${demo.account}/work`);
    await expect(page.locator(`a[href="${run}"]`)).toHaveText("Kundenliste März.csv");
  });
});

test("the same rows again, in another order and another file, change nothing", async ({ page, demo }) => {
  const [, ...people] = list(newFamilyName());
  const good = people.filter((_, index) => index !== 2 && index !== 3);
  await importList(page, demo.account, germanCsv("clients.csv", [head, ...good]));
  expect(await figures(page)).toMatchObject({ new: "3" });
  await upload(page, demo.account, germanCsv("clients again.csv", [head, ...good.reverse()]));
  await press(page, "Go on to the check");
  await expect(page.getByRole("main")).toContainText("0 changes: 3 rows say what is known already.");
  await expect(page.getByRole("main")).toContainText(
    "The same rows, in another order or saved anew, were imported as “clients.csv”",
  );
  await press(page, "Import all rows");
  await untilDone(page);
  expect(await figures(page)).toEqual({ "rows read": "3", new: "0", changed: "0", "the same": "3", refused: "0" });

  await importList(page, demo.account, germanCsv("clients again.csv", [head, ...good]));
  await upload(page, demo.account, germanCsv("clients again.csv", [head, ...good]));
  await press(page, "Go on to the check");
  await expect(page.getByRole("main")).toContainText("This very file was imported on");
  await expect(page.getByRole("row", { name: /Jürgen/ })).toContainText("The same as Jürgen");
});

test("what is no CSV is refused in words", async ({ page, demo }) => {
  const png = Buffer.from("89504e470d0a1a0a0000000d4948445200000001000000010806000000", "hex");
  expect(await upload(page, demo.account, { name: "clients.csv", bytes: png })).toBe(422);
  await expectRefused(page, "This is a picture (PNG), not a list.");

  expect(await upload(page, demo.account, { name: "clients.csv", bytes: Buffer.alloc(0) })).toBe(422);
  await expectRefused(page, "The file is empty.");

  await page.goto(`/${demo.account}/contacts/import`);
  expect(await press(page, "Upload and go on")).toBe(422);
  await expectRefused(page, "Choose a file first.");
});

test("a file that is too large is refused on the form it was sent from", async ({ page, demo }, info) => {
  const path = info.outputPath("everybody.csv");
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, "Ann,Okafor\n".repeat(5_500_000));
  await page.goto(`/${demo.account}/contacts/import`);
  await page.getByLabel("CSV file").setInputFiles(path);
  expect(await press(page, "Upload and go on")).toBe(413);
  await expectRefused(page, "A file may have 50 MB at the most; this one is larger.");
  await expect(page.getByLabel("CSV file")).toBeVisible();
});

test("a column named __proto__ is a column like any other", async ({ page, demo }) => {
  const family = newFamilyName();
  const file = germanCsv("odd.csv", [
    ["__proto__", "constructor", "Name"],
    ["x", "y", `Marta ${family}`],
  ]);
  await importList(page, demo.account, file);
  expect(await figures(page)).toMatchObject({ new: "1", refused: "0" });
});

test("an upload can be left and taken up again, or thrown away", async ({ page, demo }) => {
  const file = germanCsv(`${newFamilyName()}.csv`, list(newFamilyName()));
  await upload(page, demo.account, file);
  await page.goto(`/${demo.account}/imports`);
  await page.getByRole("link", { name: file.name }).click();
  await expect(page).toHaveURL(/\/columns$/);
  await press(page, "Throw this upload away");
  await expect(page.getByRole("status")).toContainText("Thrown away.");
  await expect(page.getByRole("link", { name: file.name })).toHaveCount(0);
});

test("a long import shows its progress, by itself or when asked, and can be stopped", async ({ page, demo }) => {
  test.setTimeout(150_000);
  const family = newFamilyName();
  const depots = Array.from({ length: 20_000 }, (_, n) => [`${family} Depot ${n}`, `depot.${n}@${family}.example`]);
  await upload(page, demo.account, germanCsv("everybody.csv", [["Company", "Email"], ...depots]));
  await press(page, "Go on to the check");
  await expect(page.getByRole("progressbar", { name: "Checking everybody.csv" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Import all rows" })).toBeVisible({ timeout: 60_000 });
  await expect(page.locator(".figures")).toContainText("20,000");
  const answer = page.waitForResponse((response) => /\/imports\/[^/]+$/.test(response.url()) && response.ok());
  await press(page, "Import all rows");
  expect((await answer).headers().refresh).toBe("2");
  await expect(page.getByRole("progressbar", { name: "Importing everybody.csv" })).toBeVisible();
  await page.getByRole("link", { name: "Stop refreshing" }).click();
  expect((await page.reload())?.headers()).not.toHaveProperty("refresh");
  await expect(async () => {
    await page.reload();
    await expect(page.getByText(/\b[1-9][\d,]* of 20,000/).first()).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 30_000 });
  await press(page, "Cancel");
  await expect(page.getByRole("status")).toContainText("What was stored until then stays", { timeout: 30_000 });
});
