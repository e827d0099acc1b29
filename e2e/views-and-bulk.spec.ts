/** A list is kept under a name, some of it is changed together, then all of it; each with one undo. No scripts. */
import { addContact } from "./contacts";
import { banner, fillIn, heading, press } from "./forms";
import { newFamilyName } from "./names";
import { as, expect, test } from "./people";

test.use({ ...as("user"), javaScriptEnabled: false });

test("a view is saved, found again, changed, renamed, deleted and brought back", async ({ page, demo }) => {
  const family = newFamilyName();
  for (const given of ["Ann", "Ben"])
    await addContact(page, demo.account, { "Given name": given, "Family name": family });
  const name = `The ${family}s`;
  const views = page.getByRole("navigation", { name: "Views" });

  await test.step("the list is kept as it is", async () => {
    await page.goto(`/${demo.account}/contacts?q=${family}&order=descending&columns=email,city`);
    await page.getByText("More", { exact: true }).click();
    await page.getByRole("link", { name: "Save as a view…" }).click();
    await press(page, "Save");
    await expect(page.getByRole("main")).toContainText("Give the view a name.");
    await fillIn(page, { Name: name });
    await page.getByRole("radio", { name: "Everybody here" }).check();
    await press(page, "Save");
    await expect(heading(page)).toHaveText(name);
  });

  await test.step("and found again above the list, with its order and its columns", async () => {
    await page.goto(`/${demo.account}/contacts`);
    await views.getByRole("link", { name }).click();
    await expect(heading(page)).toHaveText(name);
    await expect(page.getByRole("row").nth(1)).toContainText(`${family}, Ben`);
    await expect(page.getByRole("columnheader").last()).toHaveText("City");
  });

  await test.step("it says when it is changed, and is saved so", async () => {
    await page.getByRole("link", { name: "Name", exact: true }).click();
    await expect(heading(page)).toHaveText(name);
    await expect(page.getByRole("main")).toContainText("Changed since it was saved.");
    await press(page, "Save");
    await expect(page.getByRole("main")).not.toContainText("Changed since it was saved.");
    await expect(page.getByRole("row").nth(1)).toContainText(`${family}, Ann`);
  });

  await test.step("it is renamed, deleted and brought back", async () => {
    await page.goto(`/${demo.account}/contacts/views`);
    await page.getByRole("link", { name: `Edit ${name}` }).click();
    await fillIn(page, { Name: `${name} of Leeds` });
    await press(page, "Save");
    await expect(heading(page)).toHaveText(`${name} of Leeds`);
    await page.goto(`/${demo.account}/contacts/views`);
    await page.getByRole("link", { name: `Edit ${name} of Leeds` }).click();
    await press(page, "Delete the view");
    await expect(banner(page)).toContainText("is deleted");
    await press(page, "Undo");
    await expect(heading(page)).toHaveText(`${name} of Leeds`);
  });
});

test("three are ticked and tagged, then all that match are changed, and each is taken back", async ({ page, demo }) => {
  const family = newFamilyName();
  for (const given of ["Ann", "Ben", "Cleo", "Dora"]) {
    await addContact(page, demo.account, { "Given name": given, "Family name": family });
  }
  const list = `/${demo.account}/contacts?q=${family}&columns=company,tags`;
  const tagged = page.getByRole("table").getByText("ceramics");
  await page.goto(list);

  await test.step("three get a tag, after a page of numbers", async () => {
    for (const given of ["Ann", "Ben", "Cleo"]) {
      await page.getByRole("checkbox", { name: `Choose ${given} ${family}` }).check();
    }
    await press(page, "Change…");
    await expect(page.getByRole("main")).toContainText("3 contacts chosen.");
    await press(page, "Go on to the numbers");
    await expect(page.getByRole("main")).toContainText("Choose what to change.");
    await page.getByRole("radio", { name: "Add tags" }).check();
    await fillIn(page, { Tags: "ceramics" });
    await press(page, "Go on to the numbers");
    await expect(page.getByRole("main")).toContainText("get the tag “ceramics”");
    await press(page, "Tag 3 contacts");
    await expect(banner(page)).toContainText("3 contacts tagged.");
    await expect(tagged).toHaveCount(3);
    await press(page, "Undo");
    await expect(banner(page)).toContainText("Undone for 3 contacts.");
    await expect(tagged).toHaveCount(0);
  });

  await test.step("all that match get a company, and say what they said again", async () => {
    await page.goto(list);
    await page.getByText("More", { exact: true }).click();
    await page.getByRole("link", { name: "Change all 4 that match…" }).click();
    await page.getByRole("radio", { name: "Set the company" }).check();
    await fillIn(page, { Company: `${family} Ceramics` });
    await press(page, "Go on to the numbers");
    await press(page, "Change 4 contacts");
    await expect(banner(page)).toContainText("4 contacts changed.");
    await expect(page.getByRole("cell", { name: `${family} Ceramics` })).toHaveCount(4);
    await press(page, "Undo");
    await expect(banner(page)).toContainText("Undone for 4 contacts.");
    await expect(page.getByRole("cell", { name: `${family} Ceramics` })).toHaveCount(0);
  });
});

test.describe("a viewer", () => {
  test.use(as("viewer"));

  test("ticks nothing, and keeps views for themselves", async ({ page, demo }) => {
    await page.goto(`/${demo.account}/contacts?q=kowalska`);
    await expect(page.getByRole("checkbox")).toHaveCount(0);
    expect((await page.goto(`/${demo.account}/contacts/bulk?all=`))?.status()).toBe(403);
    await page.goto(`/${demo.account}/contacts/views/new?q=kowalska`);
    await expect(page.getByRole("radio", { name: "Everybody here" })).toHaveCount(0);
    await fillIn(page, { Name: `To read, ${newFamilyName()}` });
    await press(page, "Save");
    await expect(heading(page)).toContainText("To read");
  });
});
