/** What the demo has mailed, as its catcher keeps it. */
import { expect } from "@playwright/test";

interface Caught {
  to: string[];
  text: string;
}

/** The one-time path that the only such mail to this address leads to, once it has come. */
export async function mailedPath(mailPage: string, to: string, begin: string): Promise<string> {
  const link = new RegExp(`${begin}[A-Za-z0-9_-]{43}`);
  const find = async () => {
    const mails = (await (await fetch(`${mailPage}/mails.json`)).json()) as Caught[];
    const found = mails.filter((mail) => mail.to.includes(to)).map((mail) => link.exec(mail.text)?.[0]);
    return found.find((path) => path !== undefined) ?? "";
  };
  await expect.poll(find, { timeout: 30_000 }).not.toBe("");
  return find();
}
