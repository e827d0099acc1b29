/** Mails out of what was uploaded or pasted: one, or a mailbox of many (mbox, RFC 4155). Pure. */

export interface SentMail {
  /** The file's name with the mail's place in it. */
  name: string;
  source: Buffer;
}

/** More in one go are a matter for the service's own messages. */
export const MOST_MAILS = 500;

/** Bytes stay bytes: a mail says itself how its parts are written. */
export function splitMails(name: string, source: Buffer): SentMail[] {
  const text = source.toString("latin1");
  if (text.trim() === "") return [];
  if (!/^\s*From \S/.test(text)) return [{ name, source }];
  return text
    .trimStart()
    .split(/^From \S.*\r?\n/m)
    .filter((part) => part.trim() !== "")
    .map((part, index) => ({
      name: `${name}, mail ${index + 1}`,
      source: Buffer.from(part.replace(/^>(>*From )/gm, "$1"), "latin1"),
    }));
}
