/** What a person was told in an account: one line for each event. */
interface NoticesTable {
  account_id: string;
  user_id: string;
  id: string;
  /** A key of `NoticeSubjects`. */
  kind: string;
  /** What happened, e.g. `run:<id>:ended`: whoever says it again says nothing new. */
  event_key: string;
  /** JSON of the kind's subject. */
  subject: string;
  /** Whose doing it was; null: Tallybook's own. */
  by_user_id: string | null;
  created_at: string;
  read_at: string | null;
}

declare module "~/platform/db/tables" {
  interface Tables {
    notices: NoticesTable;
  }
}

export {};
