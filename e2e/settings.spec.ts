/** What a firm and a person choose for themselves, and that pages obey it. */
import { type Page } from "@playwright/test";
import { exifWithPlace, jpegSegment, jpegWith, png } from "../app/testing/pictures";
import { banner, expectRefused, fillIn, heading, press } from "./forms";
import { as, expect, test } from "./people";

/** In the second account, and one after the other: what they change is everybody's. */
test.describe.configure({ mode: "serial" });

const tab = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name });

test.describe("an administrator", () => {
  test.use(as("admin"));

  test("changes the colour, and is back on the page", async ({ page, demo }) => {
    await page.goto(`/${demo.otherAccount}/settings`);
    await fillIn(page, { Colour: "Teal" });
    await press(page, "Save");
    await expect(banner(page)).toContainText("The settings are saved.");
    await expect(page).toHaveURL(`/${demo.otherAccount}/settings`);
    await expect(page.getByLabel("Colour")).toHaveValue("3");
  });

  test("who saves second what another has changed, too, is asked, and then has their way", async ({
    page,
    browser,
    demo,
  }) => {
    const other = await (await browser.newContext({ ...as("admin"), baseURL: demo.url })).newPage();
    const settings = `/${demo.otherAccount}/settings`;
    await page.goto(settings);
    await other.goto(settings);
    await fillIn(other, { Colour: "Brown" });
    await press(other, "Save");
    await fillIn(page, { Colour: "Indigo" });
    expect(await press(page, "Save")).toBe(422);
    await expectRefused(page, "Somebody else has just changed this to Brown.");
    await press(page, "Save");
    await expect(banner(page)).toContainText("The settings are saved.");
    await expect(page.getByLabel("Colour")).toHaveValue("6");
    await other.context().close();
  });

  test("chooses how dates and money are written, and every page obeys", async ({ page, demo }) => {
    await page.goto(`/${demo.otherAccount}/settings`);
    await tab(page, "Dates and money").click();
    await expect(heading(page)).toHaveText("Dates, numbers and money");
    const [zone, locale] = [
      await page.getByLabel("Time zone").inputValue(),
      await page.getByLabel("Dates and numbers").inputValue(),
    ];
    await fillIn(page, { "Time zone": "Middle-earth/Bree" });
    expect(await press(page, "Save")).toBe(422);
    await expectRefused(page, "Enter a time zone like Europe/London.");
    await fillIn(page, { "Time zone": "kolkata" });
    await page.getByLabel("Dates and numbers").selectOption("de-DE");
    await press(page, "Save");
    await expect(page.getByLabel("Time zone")).toHaveValue("Asia/Kolkata");
    await expect(page.getByRole("main")).toContainText(/it is now \d{1,2}\. [A-Z]\p{L}+ \d{4}, \d\d:\d\d/u);
    await page.goto(`/person?in=${demo.otherAccount}`);
    await expect(page.getByRole("main")).toContainText("Times are those of Asia/Kolkata.");

    await page.goto(`/${demo.otherAccount}/settings/formats`);
    await fillIn(page, { "Time zone": zone });
    await page.getByLabel("Dates and numbers").selectOption(locale);
    await press(page, "Save");
  });

  test("adds a logo, is told what cannot be one, and removes it", async ({ page, demo }) => {
    await page.goto(`/${demo.otherAccount}/settings`);
    await page.getByRole("link", { name: "Add a logo" }).click();
    const file = page.getByLabel("Your logo");
    await file.setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: Buffer.from("<svg/>") });
    expect(await press(page, "Save")).toBe(422);
    await expectRefused(page, "This is a drawing (SVG), which could carry a program.");

    await file.setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: png({ width: 120, height: 40 }) });
    await press(page, "Save");
    await expect(banner(page)).toContainText("The logo is saved.");
    const logo = page.getByRole("banner").locator("img.logo");
    await expect(logo).toHaveJSProperty("naturalWidth", 120);

    await page.getByRole("link", { name: "Change", exact: true }).click();
    const photo = jpegWith(jpegSegment(0xe1, exifWithPlace(6)));
    await page.getByLabel("Another logo").setInputFiles({ name: "a.jpg", mimeType: "image/jpeg", buffer: photo });
    await press(page, "Save");
    // Turned by its Exif, of which nothing else is left.
    await expect(logo).toHaveJSProperty("naturalWidth", 16);
    const shown = await page.request.get((await logo.getAttribute("src")) ?? "");
    expect((await shown.body()).includes("52.52")).toBe(false);

    await page.getByRole("link", { name: "Change", exact: true }).click();
    await press(page, "Remove the logo");
    await expect(page.getByRole("main")).toContainText("None yet.");
    await expect(logo).toHaveCount(0);
  });

  test("chooses who sees what and how long things are kept; the second factor asks for their own", async ({
    page,
    demo,
  }) => {
    await page.goto(`/${demo.otherAccount}/settings/access`);
    await page.getByLabel("Users see the contacts they own, and no others").check();
    await fillIn(page, { "Keep notices and the log of mails for": "90 days" });
    await press(page, "Save");
    await expect(page.getByLabel("Users see the contacts they own, and no others")).toBeChecked();
    await page.getByLabel("Everybody sees all contacts").check();
    await fillIn(page, { "Keep notices and the log of mails for": "1 year" });
    await press(page, "Save");

    await page.getByRole("link", { name: "Make it each person's choice" }).click();
    await fillIn(page, { "Your present password": "not the right words", Code: "000000" });
    expect(await press(page, "Make it their choice")).toBe(422);
    await expectRefused(page, "This is not your present password.");
    await page.getByRole("link", { name: "Leave it as it is" }).click();
    await expect(page.getByRole("main")).toContainText("Everybody needs a code from an authenticator app");
  });
});

test.describe("a person", () => {
  test.use(as("operator"));

  test("chooses how pages look and how dates are written for them, on every page", async ({ page }) => {
    await page.goto("/person");
    const name = await page.getByLabel("Your name").inputValue();
    await page.getByLabel("Dark", { exact: true }).check();
    await page.getByLabel("Dates and numbers").selectOption("de-DE");
    await page.getByLabel("Send me notices by mail, too").check();
    await press(page, "Save");
    await expect(banner(page)).toContainText("Saved.");
    await expect(heading(page)).toHaveText(name);
    for (const path of ["/person", "/operator", "/no/such/page"]) {
      await page.goto(path);
      await expect(page.locator("html")).toHaveAttribute("data-scheme", "dark");
      await expect(page.locator("body")).toHaveCSS("color-scheme", "dark");
    }
    await page.goto("/operator");
    await expect(page.getByRole("main")).toContainText(/\d{1,2}\. [A-Z]\p{L}+ \d{4}/u);

    await page.goto("/person");
    await page.getByLabel("As the device has it").check();
    await page.getByLabel("Dates and numbers").selectOption("");
    await page.getByLabel("Send me notices by mail, too").uncheck();
    await press(page, "Save");
    await expect(page.locator("html")).not.toHaveAttribute("data-scheme");
  });
});
