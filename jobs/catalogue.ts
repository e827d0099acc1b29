/**
 * Every kind of background work, and what its payload is: ids, never what they stand for. To add one: name it here,
 * write `jobs/<name-with-dashes>.ts`, and list that in job-files.ts; the worker refuses to start until all three agree.
 */
import { z } from "zod";
import { id, type TaskCatalogue } from "~/platform/queue/tasks";

export const tasks = {
  /** Asks a model where columns go: see ask-model.ts. */
  ask_model: z.object({ accountId: id, connectorId: id, askId: id }),
  /** Changes many contacts: see change-contacts.ts. */
  change_contacts: z.object({ accountId: id, bulkId: id }),
  /** Compares orders with what analytics tracked: see compare-orders.ts. */
  compare_orders: z.object({ accountId: id, runId: id }),
  /** Puts contacts on a campaign's list: see collect-recipients.ts. */
  collect_recipients: z.object({ accountId: id, additionId: id }),
  /** Erases what was stored of fields that are read no longer: see erase-fields.ts. */
  erase_fields: z.object({ accountId: id, erasureId: id }),
  /** Makes a list of contacts into a file: see export-contacts.ts. */
  export_contacts: z.object({ accountId: id, exportId: id }),
  /** Marks once more what came onto the suppression list: see mark-suppressed.ts. */
  mark_suppressed: z.object({ accountId: id }),
  /** Makes a file of a campaign's letters: see print-letters.ts. */
  print_letters: z.object({ accountId: id, runId: id }),
  /** Takes in the files of a quick audit: see read-audit.ts. */
  read_audit: z.object({ accountId: id, reconciliationId: id }),
  /** Imports a file: see run-import.ts. */
  run_import: z.object({ accountId: id, runId: id }),
  /** Tells the account's webhook of something: see send-alert.ts. */
  send_alert: z.object({ accountId: id, messageId: id }),
  /** Sends a campaign's email: see send-campaign.ts. */
  send_campaign: z.object({ accountId: id, campaignId: id }),
  /** Answers who asked for a link: see send-link.ts. */
  send_link: z.object({ requestId: id }),
  /** Sends a mail: see send-mail.ts. */
  send_mail: z.object({ mailId: id }),
  /** Starts a comparison whose time has come: see start-comparison.ts. */
  start_comparison: z.object({ accountId: id, reconciliationId: id }),
  /** Starts a connector whose time has come: see start-due.ts. */
  start_due: z.object({ accountId: id, connectorId: id }),
  /** Removes what has expired: see sweep.ts. */
  sweep: z.object({}),
  /** Reads from a connector: see sync-connector.ts. */
  sync_connector: z.object({ accountId: id, runId: id }),
  /** Tells what a run of a connector would do: see try-connector.ts. */
  try_connector: z.object({ accountId: id, connectorId: id }),
  /** Tells what an import would do: see try-import.ts. */
  try_import: z.object({ accountId: id, runId: id }),
  /** Takes what came onto a campaign's list in one go off it again: see undo-addition.ts. */
  undo_addition: z.object({ accountId: id, additionId: id }),
  /** Undoes a large change: see undo-change.ts. */
  undo_change: z.object({ accountId: id, undoId: id }),
} satisfies TaskCatalogue;

type Payloads = { [Name in keyof typeof tasks]: z.infer<(typeof tasks)[Name]> };

declare module "~/platform/queue/tasks" {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- declaration merging: types `enqueue` everywhere
  interface TaskPayloads extends Payloads {}
}
