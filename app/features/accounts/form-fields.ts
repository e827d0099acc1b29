/** What several forms ask for in the same way: a line of text, and an address that somebody is to be reached at. */
import { z } from "zod";
import { isMailAddress } from "~/platform/mail/mail-server.server";

const MAX_LINE = 200;
/** RFC 5321. */
const MAX_ADDRESS = 254;

const anyLine = (missing?: string) =>
  z
    .string(missing)
    .trim()
    .max(MAX_LINE, `Use at most ${MAX_LINE} characters.`)
    .refine((text) => !/\p{Cc}/u.test(text), "Leave out line breaks and other invisible characters.");

/** A line of text that a person types: no line breaks or other control characters. `missing`: what to say of none. */
export const line = (missing: string) => anyLine(missing).min(1, missing);

/** The same where it may be left out. */
export const optionalLine = anyLine().optional();

/** The address of somebody who is to have a sign-in: one that a mail can be sent to. */
export const newAddressField = z
  .string("Enter an email address.")
  .trim()
  .max(MAX_ADDRESS, "This is too long for an email address.")
  .refine(isMailAddress, "Enter a plain email address like ann@example.org.");
