/**
 * Mails on their way, and the log of them: for 30 days, an account's for as long as it keeps such things. Whom they are to is the operator's to see; what they say is
 * sealed, and gone once sent.
 */
interface MailsTable {
  id: string;
  /** The account on whose behalf; null: the installation's own. */
  account: string | null;
  /** A short word of the program, e.g. `invitation`. */
  purpose: string;
  to_address: string;
  to_name: string | null;
  subject: string;
  /** JSON of `MailBody`, sealed: it may hold a one-time link. Null once sent, or when it was kept for long enough. */
  body: string | null;
  /** `sending`: a worker has it. `failed`: for good. `not-sent`: there was no mail server. */
  state: "waiting" | "sending" | "sent" | "failed" | "not-sent";
  attempts: number;
  /** Why it has not gone out, in a sentence for the operator. */
  problem: string | null;
  created_at: string;
  /** When it was last to be sent: as it was written, or again by hand. */
  asked_at: string;
  sending_since: string | null;
  sent_at: string | null;
}

export type MailState = MailsTable["state"];

declare module "~/platform/db/tables" {
  interface Tables {
    mails: MailsTable;
  }
}
