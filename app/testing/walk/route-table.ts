/**
 * Every route, who may load it and who may post to it, and what a right form looks like. What somebody else gets
 * follows from that (`expected.ts`). A route, loader or action that is not in here fails the walk.
 */
import { accountDoors } from "~/testing/walk/doors/account";
import { bulkDoors } from "~/testing/walk/doors/bulk";
import { letterDoors } from "~/testing/walk/doors/campaign-letters";
import { callDeskDoors } from "~/testing/walk/doors/call-desk";
import { campaignMailingDoors } from "~/testing/walk/doors/campaign-mailing";
import { campaignDoors } from "~/testing/walk/doors/campaigns";
import { campaignFigureDoors } from "~/testing/walk/doors/campaign-figures";
import { campaignAnswerDoors } from "~/testing/walk/doors/campaign-answers";
import { contactsDoors } from "~/testing/walk/doors/contacts";
import { connectorDoors } from "~/testing/walk/doors/connectors";
import { customFieldDoors } from "~/testing/walk/doors/custom-fields";
import { dataDoors } from "~/testing/walk/doors/data";
import { deletionDoors } from "~/testing/walk/doors/deletion";
import { exportDoors } from "~/testing/walk/doors/exports";
import { importsDoors } from "~/testing/walk/doors/imports";
import { modelDoors } from "~/testing/walk/doors/model";
import { noticesDoors } from "~/testing/walk/doors/notices";
import { linkDoors, membersDoors } from "~/testing/walk/doors/members";
import { outsideDoors } from "~/testing/walk/doors/outside";
import { personDoors } from "~/testing/walk/doors/person";
import { printDoors } from "~/testing/walk/doors/print";
import { reconciliationDoors } from "~/testing/walk/doors/reconciliations";
import { resultDoors } from "~/testing/walk/doors/results";
import { relationshipDoors } from "~/testing/walk/doors/relationships";
import { suppressionDoors } from "~/testing/walk/doors/suppressions";
import { setUpDoors } from "~/testing/walk/doors/set-up";
import { viewDoors } from "~/testing/walk/doors/views";
import { wholeContactDoors } from "~/testing/walk/doors/whole-contact";
import { type RouteRow } from "~/testing/walk/route-row";

export const routeTable: Record<string, RouteRow> = {
  ...outsideDoors,
  ...linkDoors,
  ...personDoors,
  ...accountDoors,
  ...membersDoors,
  ...contactsDoors,
  ...wholeContactDoors,
  ...relationshipDoors,
  ...dataDoors,
  ...resultDoors,
  ...deletionDoors,
  ...printDoors,
  ...exportDoors,
  ...suppressionDoors,
  ...viewDoors,
  ...bulkDoors,
  ...campaignDoors,
  ...campaignFigureDoors,
  ...letterDoors,
  ...campaignAnswerDoors,
  ...callDeskDoors,
  ...campaignMailingDoors,
  ...importsDoors,
  ...connectorDoors,
  ...reconciliationDoors,
  ...setUpDoors,
  ...modelDoors,
  ...noticesDoors,
  ...customFieldDoors,
};
