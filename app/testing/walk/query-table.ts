/**
 * Every exported function that takes an account's scope, called by another account with everything of ours that it can
 * be told: what comes of it. A function that is not in here fails the walk (`queries.test.ts`).
 */
import { accountQueries } from "~/testing/walk/queries/accounts";
import { changeQueries } from "~/testing/walk/queries/changes";
import { contactQueries } from "~/testing/walk/queries/contacts";
import { contactListQueries } from "~/testing/walk/queries/contact-list";
import { homeQueries } from "~/testing/walk/queries/home";
import { exportQueries } from "~/testing/walk/queries/exports";
import { fileQueries } from "~/testing/walk/queries/files";
import { deletionQueries } from "~/testing/walk/queries/deletion";
import { relationshipQueries } from "~/testing/walk/queries/relationships";
import { mappingHelpQueries } from "~/testing/walk/queries/mapping-help";
import { noticeQueries } from "~/testing/walk/queries/notices";
import { printQueries } from "~/testing/walk/queries/print";
import { memberQueries } from "~/testing/walk/queries/members";
import { pipelineQueries } from "~/testing/walk/queries/pipeline";
import { trialQueries } from "~/testing/walk/queries/trial";
import { undoQueries } from "~/testing/walk/queries/undo";
import { bulkQueries } from "~/testing/walk/queries/bulk";
import { suppressionQueries } from "~/testing/walk/queries/suppression";
import { letterQueries } from "~/testing/walk/queries/campaign-letters";
import { callDeskQueries } from "~/testing/walk/queries/call-desk";
import { campaignMailingQueries } from "~/testing/walk/queries/campaign-mailing";
import { auditQueries } from "~/testing/walk/queries/audits";
import { comparisonQueries } from "~/testing/walk/queries/comparisons";
import { resultQueries } from "~/testing/walk/queries/results";
import { campaignQueries } from "~/testing/walk/queries/campaigns";
import { campaignFigureQueries } from "~/testing/walk/queries/campaign-figures";
import { campaignAnswerQueries } from "~/testing/walk/queries/campaign-answers";
import { connectorQueries } from "~/testing/walk/queries/connectors";
import { zoneQueries } from "~/testing/walk/queries/zones";
import { viewQueries } from "~/testing/walk/queries/views";
import { wholeContactQueries } from "~/testing/walk/queries/whole-contact";
import { customFieldQueries } from "~/testing/walk/queries/custom-fields";
import { alertQueries } from "~/testing/walk/queries/alerts";
import { runQueries } from "~/testing/walk/queries/runs";
import { scheduleQueries } from "~/testing/walk/queries/schedule";
import { setUpQueries } from "~/testing/walk/queries/set-up";
import { sourcedQueries } from "~/testing/walk/queries/sourced";
import { syncQueries } from "~/testing/walk/queries/sync";
import { recordQueries } from "~/testing/walk/queries/records";
import { type QueryTable } from "~/testing/walk/query-shape";

export const queryTable: QueryTable = {
  ...accountQueries,
  ...memberQueries,
  ...changeQueries,
  ...contactQueries,
  ...wholeContactQueries,
  ...contactListQueries,
  ...relationshipQueries,
  ...deletionQueries,
  ...undoQueries,
  ...printQueries,
  ...exportQueries,
  ...suppressionQueries,
  ...zoneQueries,
  ...viewQueries,
  ...bulkQueries,
  ...campaignQueries,
  ...campaignFigureQueries,
  ...letterQueries,
  ...campaignAnswerQueries,
  ...callDeskQueries,
  ...campaignMailingQueries,
  ...pipelineQueries,
  ...trialQueries,
  ...connectorQueries,
  ...setUpQueries,
  ...mappingHelpQueries,
  ...noticeQueries,
  ...homeQueries,
  ...fileQueries,
  ...customFieldQueries,
  ...scheduleQueries,
  ...runQueries,
  ...alertQueries,
  ...syncQueries,
  ...sourcedQueries,
  ...recordQueries,
  ...auditQueries,
  ...comparisonQueries,
  ...resultQueries,
};
