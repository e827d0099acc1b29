/** The canonical zone of orders and transactions: a row for each, as its source says it now. No names, no addresses. */
interface SourcedRow {
  account_id: string;
  id: string;
  /** Whose it is: a connector's id, or `file` with the shop that the file names. */
  origin: string;
  /** The source's own name for it. */
  remote_id: string;
  /** Null: a file brought it. */
  source_record_id: string | null;
  /** The version that it says, and the run that took that in. */
  raw_record_id: string;
  run_id: string;
  hash: string;
  /** Since when its source has it no longer. */
  gone_at: string | null;
}

interface OrdersTable extends SourcedRow {
  /** By these it may be tracked, beside its name at the source. */
  number: string | null;
  order_number: string | null;
  order_key: string | null;
  confirmation: string | null;
  checkout_token: string | null;
  cart_token: string | null;
  payment_ref: string | null;
  placed_at: string;
  currency: string;
  /** As first ordered, with tax and shipping. */
  total_minor: bigint;
  tax_minor: bigint | null;
  shipping_minor: bigint | null;
  discount_minor: bigint | null;
  gift_card_minor: bigint | null;
  refunded_minor: bigint | null;
  line_count: number | null;
  payment_method: string | null;
  channel: string | null;
  standing: "sale" | "test" | "not-paid" | "cancelled-before-capture";
}

interface TransactionsTable extends SourcedRow {
  transaction_id: string;
  /** In the property's time zone; where only the instant is known, in that of the account. */
  day: string;
  at: string | null;
  currency: string;
  value_minor: bigint;
  event_count: number;
  /** 1: more decimals came than the currency has. */
  is_rounded: number;
}

declare module "~/platform/db/tables" {
  interface Tables {
    orders: OrdersTable;
    transactions: TransactionsTable;
  }
}
