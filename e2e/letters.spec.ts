/** Letters of a campaign without JavaScript: planned, looked at, printed, said to be printed, one that came back, one answered. */
import { textOfPdf } from "../app/testing/text-of-pdf";
import { addContact } from "./contacts";
import { banner, expectRefused, fillIn, heading, press } from "./forms";
import { newFamilyName } from "./names";
import { as, expect, test } from "./people";

test.use(as("admin"));

/** The same code with another character at its end: of two that differ in one, only one is right. */
const mistyped = (code: string) => code.replace(/.$/, (last) => (last === "7" ? "8" : "7"));

test("from the plan to a letter that came back, and one that was answered", async ({ page, customer, demo }) => {
  const family = newFamilyName();
  for (const name of ["Folasade", "Tunde"]) {
    await addContact(page, demo.account, {
      ...{ "Given name": name, "Family name": family, Email: `${name}@${family}.example`.toLowerCase() },
      ...{ Street: `14 ${name} ${family} Row`, "Town or city": "London", Postcode: "E8 4QN" },
    });
  }
  await page.goto(`/${demo.account}/campaigns/new`);
  await fillIn(page, {
    ...{ Name: `Letters ${family}`, "Beginning of its codes": "SPR26" },
    "Text, or the script of a call":
      "Is everything at {{company}} as it was, {{first name}}?\n\n- **Your address**\n- Your plans",
  });
  await page.getByRole("radio", { name: "Letters" }).check();
  await press(page, "Save the draft");
  await page.getByRole("link", { name: "Choose recipients" }).click();
  await page.getByRole("radio", { name: "Single contacts, by their email" }).check();
  await fillIn(page, { Emails: `folasade@${family}.example\ntunde@${family}.example` });
  await press(page, "Put them on the list");

  await page.getByRole("link", { name: "Letters", exact: true }).click();
  await page.getByRole("link", { name: "Preview" }).click();
  await expect(page.getByRole("article")).toContainText(`Dear Folasade ${family},`);
  await expect(page.getByText("Nothing is known for company")).toBeVisible();
  await fillIn(page, { "As whom": "The one of whom least is known" });
  await press(page, "Show");
  await expect(page.getByRole("article")).toContainText("Your address");

  await page.goBack();
  await page.goBack();
  await press(page, "Make the PDF of 2 letters");
  const run = page.url();
  const download = page.getByRole("link", { name: "Download" });
  await download.waitFor();
  const href = (await download.getAttribute("href")) ?? "";
  const answer = await page.request.get(new URL(href, run).href);
  const text = (await textOfPdf(await answer.body())).replace(/\s+/g, " ");
  expect(text).toContain(`Dear Tunde ${family}, Is everything at as it was, Tunde?`);
  const codes = [...text.matchAll(/type (SPR26-\w{6}) at/g)].map(([, code]) => code ?? "");
  expect(codes).toHaveLength(2);

  await page.getByRole("link", { name: "Print from the browser" }).click();
  await expect(page.getByRole("article")).toHaveCount(2);
  await page.goto(run);
  await press(page, "They are printed: 2 letters");
  await expect(banner(page)).toContainText("Marked as printed: 2 letters.");

  await page.goto(`/${demo.account}/campaigns/returned`);
  await expect(page.getByLabel("Code")).toBeFocused();
  await page.keyboard.type(codes[0] ?? "");
  await page.keyboard.press("Enter");
  await expect(banner(page)).toContainText(`Came back: Folasade ${family}`);
  await expect(page.getByLabel("Code")).toBeFocused();
  await page.keyboard.type(codes[0] ?? "");
  await page.keyboard.press("Enter");
  await expect(page.getByText("came back before: nothing was changed")).toBeVisible();
  await expect(page.getByLabel("Code")).toBeFocused();
  await page.keyboard.type(codes[1] ?? "");
  await page.keyboard.press("Enter");
  await banner(page).getByRole("button", { name: "Undo" }).click();
  await page.goto(run.replace(/\/[^/]+$/, ""));
  await expect(heading(page)).toHaveText("Letters");
  await expect(page.locator(".figures")).toContainText(/printed\s*1came/);
  await expect(page.locator(".figures")).toContainText(/came back\s*1/);

  await customer.goto(`/answer/${demo.account}`);
  await fillIn(customer, { Code: mistyped(codes[1] ?? "") });
  expect(await press(customer, "Go on")).toBe(422);
  await expectRefused(customer, "There is a typing mistake in the code.");
  await expect(customer.getByLabel("Code")).toHaveValue(mistyped(codes[1] ?? ""));
  await fillIn(customer, { Code: ` ${(codes[1] ?? "").toLowerCase().replace("spr26-", "")}` });
  await press(customer, "Go on");
  await expect(heading(customer)).toHaveText("Your answer");
  await expect(customer.getByText(new RegExp(`Folasade|Tunde|${family}`))).toHaveCount(0);
  await customer.locator("label").getByText("I am interested", { exact: true }).click();
  await press(customer, "Send my answer");
  await expect(heading(customer)).toHaveText("Thank you");
  await page.goto(run.replace(/\/letters\/.*$/, ""));
  await expect(page.getByRole("link", { name: "Responded 1", exact: true })).toBeVisible();
});
