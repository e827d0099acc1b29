/** A campaign by email without JavaScript: planned, checked, tried out, sent, answered, come back, and added up. */
import { expect, type Page, request } from "@playwright/test";
import { deliveryStatus, fullMailbox } from "./bounces";
import { panel } from "./contacts";
import { banner, fillIn, heading, press } from "./forms";
import { germanCsv, importList } from "./imports";
import { answerPath, type Caught, headerOf, mailsTo, mailTo, openMail } from "./mailed";
import { newFamilyName } from "./names";
import { as, test } from "./people";

// One campaign from its plan to its end, so in this order and in one browser.
test.describe.configure({ mode: "serial" });
test.use(as("admin"));

const family = newFamilyName();
const domain = `${family.toLowerCase()}.example`;
const timber = `${family} Timber LLP`;
const emailOf = (name: string) => `${name.toLowerCase()}@${domain}`;
/** Whose server takes the mail. */
const reached = ["Folasade", "Tunde", "Kemi", "Ines", "Jonas", "Marta"];

const subject = `{{first name | Good morning}}, your review, the ${family}s`;
const subjectFor = (name: string) => `${name}, your review, the ${family}s`;
const greeting = "{{salutation}},\n\nonce a year we ask what has changed.";

/** The campaign's page. */
let campaign = "";
const mails = new Map<string, Caught>();

function mailOf(name: string): Caught {
  const mail = mails.get(name);
  if (!mail) throw new Error(`No mail to ${name}`);
  return mail;
}

const answerOf = (name: string) => answerPath(mailOf(name));
const checked = (page: Page, title: string) =>
  page.getByRole("table", { name: "What was checked" }).getByRole("row", { name: new RegExp(`^${title}`) });
const figure = (page: Page, label: string) =>
  page.locator(".figures > div", { has: page.locator("dt", { hasText: new RegExp(`^${label}`) }) }).locator("dd");

/** As one presses it: the whole of an answer's words can be pressed. */
async function choose(page: Page, answer: string) {
  await page.locator("label").getByText(answer, { exact: true }).click();
  await expect(page.getByRole("radio", { name: answer })).toBeChecked();
}

async function expectFigures(page: Page, figures: Record<string, string>) {
  await page.goto(campaign);
  for (const [label, value] of Object.entries(figures)) await expect(figure(page, label)).toHaveText(value);
}

/** The line of somebody's email on the suppression list. */
async function suppression(page: Page, account: string, name: string) {
  await page.goto(`/${account}/suppressions?q=${emailOf(name)}`);
  return page.getByRole("row", { name: emailOf(name) });
}

async function edit(page: Page, text: Record<string, string>) {
  await page.goto(`${campaign}/edit`);
  await fillIn(page, text);
  await press(page, "Save");
}

test("a campaign is planned, its check list says what is wrong, and each is mended", async ({ page, demo }) => {
  const file = `Clients ${family}.csv`;
  const people = [...reached, "Winifred", "Otis", "Silas"].map((name) => {
    const email = { Otis: emailOf("refused.otis"), Silas: "" }[name] ?? emailOf(name);
    return [name, family, "", email];
  });
  await importList(
    page,
    demo.account,
    germanCsv(file, [["First name", "Last name", "Company", "Email"], ...people, ["", "", timber, emailOf("office")]]),
  );
  await page.goto(`/${demo.account}/campaigns/new`);
  await fillIn(page, {
    Name: `Review of the ${family}s`,
    "Text, or the script of a call": "Dear {{frist name}},\n\nonce a year we ask what has changed.",
    "“Responded” in this campaign’s words": "Please call me",
    "“Converted” in this campaign’s words": "I book the review",
    "Cost in GBP": "50",
  });
  await press(page, "Save the draft");
  campaign = new URL(page.url()).pathname;

  await page.getByRole("link", { name: "Check and send" }).click();
  await expect(page.getByText("It cannot be sent yet.")).toBeVisible();
  await expect(checked(page, "Text").nth(0)).toContainText("It has no subject.");
  await expect(checked(page, "Text").nth(1)).toContainText("Did you mean {{first name}}?");
  await expect(checked(page, "Recipients")).toContainText("Nobody is on its list yet.");
  await expect(page.getByRole("button", { name: /^Send to/ })).toHaveCount(0);

  await page.getByRole("link", { name: "Add recipients" }).click();
  await page.getByRole("radio", { name: "An import" }).check();
  await fillIn(page, { Import: file });
  await press(page, "Put them on the list");
  await expect(banner(page)).toContainText("10 put on the list.");
  await expect(panel(page, "Left out, and why")).toContainText(/No address for this channel\s*1/);
  await page.goto(`${campaign}/sending`);
  await checked(page, "Text").nth(0).getByRole("link", { name: "Edit the text" }).click();
  await fillIn(page, {
    Subject: subject,
    "Text, or the script of a call": "Dear {{first name}},\n\nonce a year we ask.",
  });
  await press(page, "Save");

  await page.goto(campaign);
  await page.getByRole("link", { name: `Winifred ${family}` }).click();
  await page.getByRole("link", { name: "The contact" }).click();
  await expect(page).toHaveURL(/\/contacts\/[0-9a-f-]{36}$/);
  await page.goto(`${page.url()}/do-not-contact`);
  await page.getByRole("checkbox", { name: "Email" }).check();
  await fillIn(page, { Reason: "Asked by letter" });
  await press(page, "Mark");
  await expect(banner(page)).toContainText("Marked.");
  await page.goto(`${campaign}/sending`);
  await expect(page.getByText("It can be sent.")).toBeVisible();
  await expect(checked(page, "Text")).toContainText("Every field in it is known.");
  await expect(checked(page, "Changed since")).toContainText("They will be left out: 1 not to be written to.");
  await expect(checked(page, "Blank fields")).toContainText(`{{first name}} is blank for 1 recipient (${timber}).`);
  await expect(checked(page, "How they answer")).toContainText("as links below your text");
  for (const name of ["SPF", "DKIM", "DMARC"]) await expect(checked(page, name)).toContainText("Worth a look");

  await page.getByRole("link", { name: "See the emptiest" }).click();
  await expect(banner(page)).toContainText("Blank here: first name.");
  await expect(page.frameLocator("iframe").getByText("once a year we ask")).toBeVisible();
  await edit(page, { "Text, or the script of a call": greeting });
  await page.goto(`${campaign}/preview?who=emptiest`);
  await expect(page.locator("dt:text-is('Subject') + dd")).toHaveText(subjectFor("Good morning"));
  await expect(panel(page, "As plain text")).toContainText(`Dear ${timber},`);
  await expect(page.frameLocator("iframe").getByText(`Dear ${timber},`)).toBeVisible();
  await page.goto(`${campaign}/sending`);
  await expect(checked(page, "Blank fields")).toContainText("Nothing is blank for anybody.");
});

test("a test mail is looked at, and counts nowhere", async ({ page, customer, demo }) => {
  const { email } = demo.users.admin;
  await page.goto(`${campaign}/sending/settings`);
  await fillIn(page, { "Sender’s name": "Ann of Hale & Partners", "Replies go to": "reviews@hale-partners.example" });
  await press(page, "Save");
  await expect(page.getByLabel("To", { exact: true })).toHaveValue(email);
  await fillIn(page, { To: "ann at home" });
  expect(await press(page, "Send the test")).toBe(422);
  await fillIn(page, { To: email });
  await page.getByRole("radio", { name: "The one of whom the least is known" }).check();
  await press(page, "Send the test");
  await expect(banner(page)).toContainText(`A test is on its way to ${email}. It is in no figure.`);

  await openMail(customer, demo.mail, `[Test] ${subjectFor("Good morning")}`);
  const opened = customer.context().waitForEvent("page");
  await customer.frameLocator("iframe").getByRole("link", { name: "I book the review" }).click();
  const trial = await opened;
  await expect(trial.getByText("nothing that is answered here is recorded")).toBeVisible();
  await expect(trial.getByRole("radio", { name: "I book the review" })).toBeChecked();
  await press(trial, "Send my answer");
  await expect(trial.getByText("nothing that is answered here is recorded")).toBeVisible();

  await expectFigures(page, { "reached so far": "0", responded: "0", converted: "0" });
  await expect(page.getByText(/Email, draft/)).toBeVisible();
});

test("it is sent, and each mail has a link of its own and says how to get no more", async ({ page, demo }) => {
  await page.goto(`${campaign}/sending`);
  await press(page, "Send to 9 recipients");
  await expect(banner(page)).toContainText("It is being sent.");
  await expect(page.getByRole("heading", { name: "Sent", exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("7 of 8 sent, 1 refused.")).toBeVisible();
  await expectFigures(page, { "to be written to": "8", reached: "7", responded: "0", converted: "0" });
  await expect(panel(page, "Left out, and why")).toContainText(/Do not contact\s*1/);

  for (const name of [...reached, "office"]) mails.set(name, await mailTo(demo.mail, emailOf(name)));
  expect(new Set([...mails.values()].map(answerPath)).size).toBe(7);
  const id = campaign.split("/").at(-1) ?? "";
  for (const [name, mail] of mails) {
    const page = `${demo.url}${answerOf(name)}`;
    expect(mail.subject).toBe(subjectFor(name === "office" ? "Good morning" : name));
    expect(headerOf(mail, "From")).toBe('"Ann of Hale & Partners" <tallybook@hale-partners.example>');
    expect(headerOf(mail, "Reply-To")).toBe("reviews@hale-partners.example");
    expect(headerOf(mail, "List-Unsubscribe")).toBe(`<${page}/unsubscribe>`);
    expect(headerOf(mail, "List-Unsubscribe-Post")).toBe("List-Unsubscribe=One-Click");
    expect(headerOf(mail, "Message-ID")).toMatch(new RegExp(`^<${id}\\.[0-9a-f-]{36}@localhost>$`));
    for (const answer of ["converted", "responded", "not-for-me", "unsubscribe"])
      expect([mail.text.includes(`${page}?answer=${answer}`), mail.html.includes(`${page}?answer=${answer}`)]).toEqual([
        true,
        true,
      ]);
  }
  expect(mailOf("Folasade").text).toContain(`Dear Folasade ${family},`);
  for (const name of ["Winifred", "refused.otis"]) expect(await mailsTo(demo.mail, emailOf(name))).toEqual([]);
});

test("a link that is looked at changes nothing; its answer counts, and the last one of two", async ({
  page,
  customer,
  demo,
}) => {
  await openMail(customer, demo.mail, subjectFor("Folasade"));
  const opened = customer.context().waitForEvent("page");
  await customer.frameLocator("iframe").getByRole("link", { name: "Please call me" }).click();
  const answer = await opened;
  await expect(heading(answer)).toHaveText("Your answer");
  await expect(answer.getByRole("radio", { name: "Please call me" })).toBeChecked();
  await expect(answer.getByText("Folasade")).toHaveCount(0);
  await expectFigures(page, { responded: "0", converted: "0" });

  await fillIn(answer, { "A note to Hale & Partners": "After four, please" });
  await press(answer, "Send my answer");
  await expect(heading(answer)).toHaveText("Thank you");
  await expect(answer.locator(".said")).toContainText("After four, please");
  await expectFigures(page, { responded: "1", converted: "0" });

  await answer.goto(answerOf("Folasade"));
  await expect(answer.getByText(/^You answered on/)).toBeVisible();
  await expect(answer.locator(".said")).toContainText("Please call me");
  await choose(answer, "I book the review");
  await press(answer, "Send my answer");
  await expect(answer.locator(".said")).toContainText("I book the review");
  await expectFigures(page, { responded: "1", converted: "1" });

  await customer.goto(`${answerOf("office")}?answer=responded`);
  await press(customer, "Send my answer");
  await customer.getByRole("link", { name: "I pressed the wrong one" }).click();
  expect(await press(customer, "Send my answer")).toBe(422);
  await expect(customer.getByRole("alert")).toContainText("Choose one of the answers.");
  await choose(customer, "Please call me");
  await press(customer, "Send my answer");
  await expectFigures(page, { responded: "2", converted: "1" });
});

test("who is not interested is told apart from who is the wrong person", async ({ page, customer, demo }) => {
  await customer.goto(`${answerOf("Tunde")}?answer=not-for-me`);
  await expect(customer.getByRole("radio", { name: "Not interested" })).toBeChecked();
  await press(customer, "Send my answer");
  await expect(customer.locator(".said")).toContainText("Not interested");
  await customer.goto(answerOf("Kemi"));
  await choose(customer, "This was not meant for me");
  await fillIn(customer, { "A note to Hale & Partners": "She left in March" });
  await press(customer, "Send my answer");
  await expect(customer.getByText("has been told that this reached the wrong person")).toBeVisible();

  await expectFigures(page, { responded: "2", converted: "1" });
  await page.getByRole("link", { name: /^Not interested 2/ }).click();
  await expect(page.getByRole("row", { name: `Tunde ${family}` })).toBeVisible();
  await page.goto(`/${demo.account}/notices`);
  const notice = page.getByRole("link", { name: "Somebody says that a campaign reached the wrong person" });
  await notice.and(page.locator(`[href^="${campaign}/"]`)).click();
  await expect(heading(page)).toHaveText(`Kemi ${family}`);
  await expect(page.locator(".trail")).toContainText("She left in March");
});

test("one click of a mail program takes somebody off the list, and is no answer", async ({ page, demo }) => {
  const [link = ""] = /(?<=<)[^>]+/.exec(headerOf(mailOf("Ines"), "List-Unsubscribe")) ?? [];
  const suppressed = async () => (await suppression(page, demo.account, "ines")).count();
  // As a mail program does it: no cookie, no origin, no page before (RFC 8058, 3.1).
  const program = await request.newContext();
  expect((await program.get(link)).status()).toBe(200);
  expect(await suppressed()).toBe(0);
  for (let time = 0; time < 2; time += 1) {
    const answer = await program.post(link, { form: { "List-Unsubscribe": "One-Click" } });
    expect([answer.status(), answer.headers()["set-cookie"]]).toEqual([200, undefined]);
  }
  expect((await program.post(link.replace("/unsubscribe", ""), { form: { choice: "converted" } })).status()).toBe(403);
  await program.dispose();
  expect(await suppressed()).toBe(1);
  await expect(page.getByRole("row", { name: emailOf("ines") })).toContainText("Unsubscribed");
  await expectFigures(page, { responded: "2", converted: "1" });
  await page.getByRole("link", { name: `Ines ${family}` }).click();
  await expect(page.getByText("In this campaign: pending.")).toBeVisible();
});

test("mails that came back are uploaded and pasted, and count once", async ({ page, demo }) => {
  await page.goto(campaign);
  await page.getByRole("link", { name: "Bounces" }).click();
  const gone = deliveryStatus({
    messageId: headerOf(mailOf("Jonas"), "Message-ID"),
    to: emailOf("Jonas"),
    // Whom the alias led to is nobody that the firm knows: the mail's own name tells whose it was.
    final: "j.brandt@orchard.example",
  });
  const upload = async () => {
    const mail = { name: "Undelivered Mail.eml", mimeType: "message/rfc822", buffer: Buffer.from(gone) };
    await page.getByLabel("Mails").setInputFiles(mail);
    await press(page, "Read them");
  };
  await upload();
  await expect(banner(page)).toContainText("One report was taken down.");
  await expect(page.getByRole("row", { name: "j.brandt@orchard.example" })).toContainText("Came back");
  await upload();
  await expect(banner(page)).toContainText("Nothing was changed.");
  await expect(page.getByRole("row", { name: "j.brandt@orchard.example" })).toContainText("Was known already");

  const pasted = fullMailbox({ messageId: headerOf(mailOf("Marta"), "Message-ID"), to: emailOf("Marta") });
  await fillIn(page, { "Or paste one": pasted });
  await press(page, "Read them");
  await expect(page.getByRole("row", { name: emailOf("Marta") })).toContainText("552 5.2.2 Mailbox full");
  await expect(await suppression(page, demo.account, "jonas")).toContainText("Does not work");
  // A full mailbox may be emptied: that address is not bad.
  await expect(await suppression(page, demo.account, "marta")).toHaveCount(0);
});

test("the figures add up, each with its rows", async ({ page }) => {
  await expectFigures(page, { "to be written to": "8", reached: "5", responded: "2", converted: "1" });
  for (const tab of ["All 8", "Pending 4", "Responded 1", "Converted 1", "Not interested 2", "Left out 2"])
    await expect(page.getByRole("link", { name: tab, exact: true })).toBeVisible();
  await page.getByRole("link", { name: "All figures of this campaign" }).click();
  for (const sum of [
    "10 on the list = 2 left out + 8 tried.",
    "8 tried = 5 reached + 3 failed.",
    "5 reached = 2 responded + 2 not interested + 1 pending.",
  ])
    await expect(panel(page, "From the list to the answer")).toContainText(sum);
  await expect(panel(page, "Cost and return")).toContainText("£25.00");
  await page.getByRole("link", { name: "Failed", exact: true }).click();
  for (const name of ["Jonas", "Marta", "Otis"]) await expect(page.getByRole("row", { name })).toBeVisible();
  await expect(page.getByRole("main").locator("tbody tr")).toHaveCount(3);
});

test("late answers are taken; once it is put away its links lead nowhere, but one can still unsubscribe", async ({
  page,
  customer,
}) => {
  await page.goto(campaign);
  await press(page, "Complete");
  await customer.goto(answerOf("Tunde"));
  await choose(customer, "Please call me");
  await press(customer, "Send my answer");
  await expect(heading(customer)).toHaveText("Thank you");
  await expectFigures(page, { responded: "3", converted: "1" });

  await press(page, "Archive");
  await customer.goto(answerOf("Tunde"));
  await expect(heading(customer)).toHaveText("This link does not work");
  await customer.goto(`${answerOf("Tunde")}/unsubscribe`);
  await expect(customer.getByRole("link", { name: "Answer instead" })).toHaveCount(0);
  await press(customer, "Unsubscribe");
  await expect(heading(customer)).toHaveText("You are unsubscribed");
});
