/** Task → the job that does it. Written out, so that it works alike from TypeScript and from the bundle. */
import { type tasks } from "./catalogue";
import askModel from "./ask-model";
import changeContacts from "./change-contacts";
import collectRecipients from "./collect-recipients";
import compareOrders from "./compare-orders";
import eraseFields from "./erase-fields";
import exportContacts from "./export-contacts";
import markSuppressed from "./mark-suppressed";
import printLetters from "./print-letters";
import readAudit from "./read-audit";
import runImport from "./run-import";
import sendAlert from "./send-alert";
import sendCampaign from "./send-campaign";
import sendLink from "./send-link";
import sendMail from "./send-mail";
import startComparison from "./start-comparison";
import startDue from "./start-due";
import sweep from "./sweep";
import syncConnector from "./sync-connector";
import tryConnector from "./try-connector";
import tryImport from "./try-import";
import undoAddition from "./undo-addition";
import undoChange from "./undo-change";
import { type Job, type TaskPayloads } from "~/platform/queue/tasks";

export const jobFiles = {
  ask_model: askModel,
  change_contacts: changeContacts,
  collect_recipients: collectRecipients,
  compare_orders: compareOrders,
  erase_fields: eraseFields,
  export_contacts: exportContacts,
  mark_suppressed: markSuppressed,
  print_letters: printLetters,
  read_audit: readAudit,
  run_import: runImport,
  send_alert: sendAlert,
  send_campaign: sendCampaign,
  send_link: sendLink,
  send_mail: sendMail,
  start_comparison: startComparison,
  start_due: startDue,
  sweep,
  sync_connector: syncConnector,
  try_connector: tryConnector,
  try_import: tryImport,
  undo_addition: undoAddition,
  undo_change: undoChange,
} satisfies { [Name in keyof typeof tasks]: Job<TaskPayloads[Name]> };
