/**
 * The migrations, oldest first. To add one: write `migrations/<date>T<time>_<word>.ts` with an `up(db)` that imports
 * nothing but kysely, then name it here in both places, under exactly its file name (a test compares). The list is
 * written out so that it works alike from TypeScript and from the bundle.
 *
 * In a migration: write types as Postgres has them (dialects.server.ts translates: uuid, text, timestamptz(3), date,
 * bigint, integer, bytea), `account_id` first in every key and index, and for exceptions to who may see a table insert a
 * row into `table_access` (see schema-facts.server.ts). Roles, grants and row-level security follow by themselves. Where
 * the engines must differ, ask `db.getExecutor().adapter instanceof PostgresAdapter`. Never change one that was released.
 */
import { type Migration } from "kysely";
import * as foundation from "../../../migrations/20261121T0900_foundation";
import * as files from "../../../migrations/20261121T0905_files";
import * as accounts from "../../../migrations/20261121T0910_accounts";
import * as changesAndAudit from "../../../migrations/20261121T0920_changes_and_audit";
import * as runs from "../../../migrations/20261121T0925_runs";
import * as contacts from "../../../migrations/20261121T0930_contacts";
import * as contactSearch from "../../../migrations/20261121T0935_contact_search";
import * as jobs from "../../../migrations/20261121T0950_jobs";
import * as contactsInDepth from "../../../migrations/20261121T1000_contacts_in_depth";
import * as mailAndNotices from "../../../migrations/20261121T1010_mail_and_notices";
import * as invitations from "../../../migrations/20261121T1020_invitations";
import * as listIndexes from "../../../migrations/20261121T1030_list_indexes";
import * as home from "../../../migrations/20261121T1040_home";
import * as undo from "../../../migrations/20261121T1050_undo";
import * as exports from "../../../migrations/20261121T1055_exports";
import * as undos from "../../../migrations/20261121T1060_undos";
import * as trials from "../../../migrations/20261121T1075_trials";
import * as customFields from "../../../migrations/20261121T1080_custom_fields";
import * as viewsAndBulk from "../../../migrations/20261121T1085_views_and_bulk";
import * as savedMappings from "../../../migrations/20261121T1090_saved_mappings";
import * as correctionsAndImportRules from "../../../migrations/20261121T1095_corrections_and_import_rules";
import * as redo from "../../../migrations/20261121T1100_redo";
import * as namesWithCompanies from "../../../migrations/20261121T1200_names_with_companies";
import * as undoTogether from "../../../migrations/20261121T1220_undo_together";
import * as refusedRowsLeft from "../../../migrations/20261121T1221_refused_rows_left";
import * as namesOfCurrentContacts from "../../../migrations/20261121T1230_names_of_current_contacts";
import * as exportsOfOwn from "../../../migrations/20261121T1250_exports_of_own";
import * as refusedWhereFirst from "../../../migrations/20261121T1251_refused_where_first";
import * as campaigns from "../../../migrations/20261121T1300_campaigns";
import * as suppressions from "../../../migrations/20261121T1310_suppressions";
import * as delivery from "../../../migrations/20261121T1400_delivery";
import * as answers from "../../../migrations/20261121T1405_answers";
import * as mailings from "../../../migrations/20261121T1410_mailings";
import * as letters from "../../../migrations/20261121T1430_letters";
import * as calls from "../../../migrations/20261121T1450_calls";
import * as mailWebhooks from "../../../migrations/20261121T1460_mail_webhooks";
import * as figuresAlongIndexes from "../../../migrations/20261122T0730_figures_along_indexes";
import * as undoneAdditions from "../../../migrations/20261122T0740_undone_additions";
import * as erasedRecipients from "../../../migrations/20261122T0745_erased_recipients";
import * as fewerIndexesOfRecipients from "../../../migrations/20261122T0800_fewer_indexes_of_recipients";
import * as whatAListLooksLike from "../../../migrations/20261122T0810_what_a_list_looks_like";
import * as connectors from "../../../migrations/20261122T0900_connectors";
import * as connectorAccess from "../../../migrations/20261122T0910_connector_access";
import * as runsOfConnectors from "../../../migrations/20261122T0910_runs_of_connectors";
import * as connectorsSetUp from "../../../migrations/20261122T1000_connectors_set_up";
import * as alerts from "../../../migrations/20261122T1010_alerts";
import * as mappingHelp from "../../../migrations/20261122T1020_mapping_help";
import * as streamsOfConnectors from "../../../migrations/20261122T1030_streams_of_connectors";
import * as becameOfAnotherStream from "../../../migrations/20261122T1050_became_of_another_stream";
import * as whereConnectorsStood from "../../../migrations/20261122T1110_where_connectors_stood";
import * as whereConnectorsGoOn from "../../../migrations/20261122T1600_where_connectors_go_on";
import * as disconnected from "../../../migrations/20261122T1710_disconnected";
import * as seenRecords from "../../../migrations/20261122T1720_seen_records";
import * as ordersAndTransactions from "../../../migrations/20261122T2300_orders_and_transactions";
import * as factsOfSystems from "../../../migrations/20261122T2310_facts_of_systems";
import * as numbersOfRecords from "../../../migrations/20261122T2315_numbers_of_records";
import * as refusedFits from "../../../migrations/20261122T2330_refused_fits";
import * as reconciliations from "../../../migrations/20261122T2340_reconciliations";
import * as answeredQuestions from "../../../migrations/20261123T0200_answered_questions";
import * as reconciliationsSetUp from "../../../migrations/20261123T0200_reconciliations_set_up";
import * as namedInRefusals from "../../../migrations/20261123T0210_named_in_refusals";
import * as results from "../../../migrations/20261123T0210_results";
import * as whoDisconnected from "../../../migrations/20261123T0235_who_disconnected";
import * as annotations from "../../../migrations/20261123T0250_annotations";
import * as quickAudits from "../../../migrations/20261123T0320_quick_audits";
import * as reports from "../../../migrations/20261123T0330_reports";
import * as lastRefused from "../../../migrations/20261123T0345_last_refused";

export const migrations: Record<string, Migration> = {
  "20261121T0900_foundation": foundation,
  "20261121T0905_files": files,
  "20261121T0910_accounts": accounts,
  "20261121T0920_changes_and_audit": changesAndAudit,
  "20261121T0925_runs": runs,
  "20261121T0930_contacts": contacts,
  "20261121T0935_contact_search": contactSearch,
  "20261121T0950_jobs": jobs,
  "20261121T1000_contacts_in_depth": contactsInDepth,
  "20261121T1010_mail_and_notices": mailAndNotices,
  "20261121T1020_invitations": invitations,
  "20261121T1030_list_indexes": listIndexes,
  "20261121T1040_home": home,
  "20261121T1050_undo": undo,
  "20261121T1055_exports": exports,
  "20261121T1060_undos": undos,
  "20261121T1075_trials": trials,
  "20261121T1080_custom_fields": customFields,
  "20261121T1085_views_and_bulk": viewsAndBulk,
  "20261121T1090_saved_mappings": savedMappings,
  "20261121T1095_corrections_and_import_rules": correctionsAndImportRules,
  "20261121T1100_redo": redo,
  "20261121T1200_names_with_companies": namesWithCompanies,
  "20261121T1220_undo_together": undoTogether,
  "20261121T1221_refused_rows_left": refusedRowsLeft,
  "20261121T1230_names_of_current_contacts": namesOfCurrentContacts,
  "20261121T1250_exports_of_own": exportsOfOwn,
  "20261121T1251_refused_where_first": refusedWhereFirst,
  "20261121T1300_campaigns": campaigns,
  "20261121T1310_suppressions": suppressions,
  "20261121T1400_delivery": delivery,
  "20261121T1405_answers": answers,
  "20261121T1410_mailings": mailings,
  "20261121T1430_letters": letters,
  "20261121T1450_calls": calls,
  "20261121T1460_mail_webhooks": mailWebhooks,
  "20261122T0730_figures_along_indexes": figuresAlongIndexes,
  "20261122T0740_undone_additions": undoneAdditions,
  "20261122T0745_erased_recipients": erasedRecipients,
  "20261122T0800_fewer_indexes_of_recipients": fewerIndexesOfRecipients,
  "20261122T0810_what_a_list_looks_like": whatAListLooksLike,
  "20261122T0900_connectors": connectors,
  "20261122T0910_connector_access": connectorAccess,
  "20261122T0910_runs_of_connectors": runsOfConnectors,
  "20261122T1000_connectors_set_up": connectorsSetUp,
  "20261122T1010_alerts": alerts,
  "20261122T1020_mapping_help": mappingHelp,
  "20261122T1030_streams_of_connectors": streamsOfConnectors,
  "20261122T1050_became_of_another_stream": becameOfAnotherStream,
  "20261122T1110_where_connectors_stood": whereConnectorsStood,
  "20261122T1600_where_connectors_go_on": whereConnectorsGoOn,
  "20261122T1710_disconnected": disconnected,
  "20261122T1720_seen_records": seenRecords,
  "20261122T2300_orders_and_transactions": ordersAndTransactions,
  "20261122T2310_facts_of_systems": factsOfSystems,
  "20261122T2315_numbers_of_records": numbersOfRecords,
  "20261122T2330_refused_fits": refusedFits,
  "20261122T2340_reconciliations": reconciliations,
  "20261123T0200_answered_questions": answeredQuestions,
  "20261123T0200_reconciliations_set_up": reconciliationsSetUp,
  "20261123T0210_named_in_refusals": namedInRefusals,
  "20261123T0210_results": results,
  "20261123T0235_who_disconnected": whoDisconnected,
  "20261123T0250_annotations": annotations,
  "20261123T0320_quick_audits": quickAudits,
  "20261123T0330_reports": reports,
  "20261123T0345_last_refused": lastRefused,
};
