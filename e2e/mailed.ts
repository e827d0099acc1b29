/** What the demo has mailed, as its catcher keeps it. */
import { expect, type Page } from "@playwright/test";
import { heading } from "./forms";

export interface Caught {
  to: string[];
  subject: string;
  text: string;
  html: string;
  /** Whole lines by lower-case name, as they came: long ones are folded. */
  headers: Record<string, string>;
}

/** The newest first. */
export async function caught(mailPage: string): Promise<Caught[]> {
  return (await (await fetch(`${mailPage}/mails.json`)).json()) as Caught[];
}

export async function mailsTo(mailPage: string, to: string): Promise<Caught[]> {
  return (await caught(mailPage)).filter((mail) => mail.to.includes(to));
}

/** The only mail to this address, once it has come. */
export async function mailTo(mailPage: string, to: string): Promise<Caught> {
  await expect.poll(async () => (await mailsTo(mailPage, to)).length, { timeout: 30_000 }).toBe(1);
  const [mail] = await mailsTo(mailPage, to);
  if (!mail) throw new Error(`The mail to ${to} is gone again`);
  return mail;
}

/** What stands in a header, in one line. */
export function headerOf({ headers }: Caught, name: string): string {
  return (headers[name.toLowerCase()] ?? "").replace(/\r?\n[ \t]+/g, " ").replace(/^[^:]*:\s*/, "");
}

/** The path of the page on which whoever has this mail answers. */
export function answerPath({ text }: Caught): string {
  const [path] = /\/r\/[\w-]{80}/.exec(text) ?? [];
  if (!path) throw new Error(`No link to answer by in:\n${text}`);
  return path;
}

/** Opens a mail of this subject on the catcher's page. */
export async function openMail(page: Page, mailPage: string, subject: string): Promise<void> {
  await page.goto(mailPage);
  await page.getByRole("link", { name: subject, exact: true }).click();
  await expect(heading(page)).toHaveText(subject);
}

/** The one-time path that the only such mail to this address leads to, once it has come. */
export async function mailedPath(mailPage: string, to: string, begin: string): Promise<string> {
  const link = new RegExp(`${begin}[A-Za-z0-9_-]{43}`);
  const find = async () => {
    const found = (await mailsTo(mailPage, to)).map((mail) => link.exec(mail.text)?.[0]);
    return found.find((path) => path !== undefined) ?? "";
  };
  await expect.poll(find, { timeout: 30_000 }).not.toBe("");
  return find();
}
