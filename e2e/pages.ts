/**
 * Every page of the site and how to come to it: for what looks at all of them. A page of `app/routes.ts` that has no
 * line here fails the test of this list.
 */
import { type Page } from "@playwright/test";
import { type RouteConfigEntry } from "@remix-run/route-config";
import siteMap from "../app/routes";
import { fullMailbox } from "./bounces";
import { addContact, panel } from "./contacts";
import { type Demo } from "./demo";
import { fillIn, press } from "./forms";
import { germanCsv, importAsGuessed, importAsRecognised, importList, upload } from "./imports";
import { answerPath, mailTo } from "./mailed";
import { newFamilyName } from "./names";
import { as, test as base, type Who } from "./people";

/** What stands in the demo for the pages to show. */
export interface Sights {
  contact: string;
  archived: string;
  draft: string;
  run: string;
  /** The id of the change of an import. */
  change: string;
  /** The page that lifts a mark of the contact's. */
  lifting: string;
  /** The page that changes one of the contact's relationships. */
  relationship: string;
  /** One of the firm's own fields. */
  field: string;
  /** One of the firm's own rules for imports. */
  rule: string;
  /** One of the firm's own types of relationship. */
  type: string;
  /** The page of a saved view, and its list with one more filter. */
  view: string;
  changedView: string;
  /** The numbers of a change of many. */
  bulk: string;
  /** A campaign with somebody on its list. */
  campaign: string;
  /** The letters of a campaign, and a file of them. */
  letters: string;
  printRun: string;
  /** A campaign whose mails are sent, and what stands in them for whoever has answered, and for whoever has not. */
  mailed: string;
  answered: string;
  unanswered: string;
  /** Of whoever has answered and wants no more. */
  unsubscribed: string;
  /** Of a test mail. */
  trial: string;
  /** Of a campaign that was put away since. */
  ended: string;
  /** Calls that have begun, and a contact of theirs who is on a caller's page. */
  calls: string;
  called: string;
  /** A connector that nobody has connected yet. */
  connector: string;
  /** One that is connected, and set up as far as its trial. */
  odoo: string;
  /** A record as it was received, and one that was made of it. */
  raw: string;
  /** Of files. */
  order: string;
  transaction: string;
  record: string;
  /** One of the order and the transaction. */
  reconciliation: string;
  /** One that was compared, an order of it that is missing, and a purchase that came twice. */
  compared: string;
  missing: string;
  twice: string;
  /** Of two files of which it has to be said which column is what. */
  audit: string;
  /** The link of an invitation. */
  invitation: string;
  /** Where its new link is made. */
  invited: string;
  member: string;
  /** An entry of the suppression list. */
  suppression: string;
  /** The operator's page of the same person. */
  person: string;
}

export interface View {
  /** The route's path in `app/routes.ts`. */
  route: string;
  /** What is special about it, when a page has several faces. */
  as?: string;
  who: Who | null;
  path(demo: Demo, sights: Sights): string;
  /** The only part to look at: what is open covers the rest. */
  within?: string;
  /** What to do there first. */
  then?(page: Page): Promise<unknown>;
}

const inside = (route: string, who: Who = "admin"): View => ({
  route: `:account${route && `/${route}`}`,
  who,
  path: ({ account }, { contact, run }) =>
    `/${account}/${route}`
      .replace("contacts/:contactId", contact.split("/").slice(2).join("/"))
      .replace("imports/:runId", run.split("/").slice(2).join("/"))
      .replace(/\/$/, ""),
});
const contacts = inside("contacts");
const list = (as: string, query: string, who: Who = "admin"): View => ({
  ...contacts,
  as,
  who,
  path: ({ account }) => `/${account}/contacts${query}`,
});
const outside = (route: string, who: Who | null = "admin"): View => ({ route, who, path: () => `/${route}` });

export const views: View[] = [
  outside(""),
  outside("sign-in", null),
  { ...outside("sign-in", null), as: "refused", then: (page) => press(page, "Continue") },
  { ...outside("no/such/page", null), as: "not found" },
  outside("person"),
  {
    ...outside("person"),
    as: "refused",
    then: async (page) => {
      await fillIn(page, { "Your name": "" });
      await press(page, "Save");
    },
  },
  outside("person/password"),
  outside("person/authenticator"),
  outside("person/recovery-codes/renewal"),
  outside("person/sessions/end"),
  outside("sign-in/forgotten", null),
  { ...outside("sign-in/forgotten", null), as: "asked", then: (page) => askForLink(page) },
  { ...outside("reset-password/:token", null), as: "of no link", path: () => "/reset-password/none" },
  { ...outside("r/:token", null), as: "of no link", path: () => "/r/none" },
  { ...outside("r/:token/unsubscribe", null), as: "of no link", path: () => "/r/none/unsubscribe" },
  { ...outside("r/:token", null), path: (_, { unanswered }) => unanswered },
  {
    ...outside("r/:token", null),
    as: "refused",
    path: (_, { unanswered }) => unanswered,
    then: async (page) => {
      await fillIn(page, { "A note to Hale & Partners": "In the afternoon, please" });
      await press(page, "Send my answer");
    },
  },
  { ...outside("r/:token", null), as: "of a test mail", path: (_, { trial }) => `${trial}?answer=converted` },
  { ...outside("r/:token", null), as: "answered before", path: (_, { answered }) => answered },
  { ...outside("r/:token", null), as: "with thanks", path: (_, { answered }) => `${answered}?thanks=answer` },
  { ...outside("r/:token", null), as: "of a campaign that has ended", path: (_, { ended }) => ended },
  { ...outside("r/:token/unsubscribe", null), path: (_, { unanswered }) => `${unanswered}/unsubscribe` },
  {
    ...outside("r/:token/unsubscribe", null),
    as: "done",
    path: (_, { unsubscribed }) => `${unsubscribed}/unsubscribe`,
  },
  {
    ...outside("r/:token/unsubscribe", null),
    as: "of a campaign that has ended",
    path: (_, { ended }) => `${ended}/unsubscribe`,
  },
  { ...outside("answer/:accountSlug", null), path: ({ account }) => `/answer/${account}` },
  {
    ...outside("answer/:accountSlug", null),
    as: "with a wrong code",
    path: ({ account }) => `/answer/${account}`,
    then: async (page) => {
      await fillIn(page, { Code: "WILL-7K3QX8" });
      await press(page, "Go on");
    },
  },
  { ...outside("answer/:accountSlug", null), as: "of nobody", path: () => "/answer/nobody-here" },
  { ...outside("invitation/:token", null), path: (_, { invitation }) => invitation },
  { ...outside("invitation/:token", null), as: "of no link", path: () => "/invitation/none" },
  { ...outside("invitation/:token"), as: "of somebody else", path: (_, { invitation }) => invitation },
  {
    ...outside("invitation", null),
    path: (_, { invitation }) => invitation,
    then: (page) => press(page, "Join Hale & Partners"),
  },
  { ...outside("register", null), as: "closed" },
  { ...outside("register/:token", null), as: "of no link", path: () => "/register/none" },
  outside("operator", "operator"),
  outside("operator/accounts/new", "operator"),
  outside("operator/people", "operator"),
  { ...outside("operator/people/:userId", "operator"), path: (_, { person }) => person },
  ...["password-link", "second-factor"].map((rest) => ({
    ...outside(`operator/people/:userId/${rest}`, "operator"),
    path: (_: Demo, { person }: Sights) => `${person}/${rest}`,
  })),
  outside("operator/mail", "operator"),
  inside(""),
  { ...inside(""), as: "with the menu open", within: ".who", then: (page) => page.locator(".who summary").click() },
  { ...inside(""), as: "of a viewer", who: "viewer" },
  contacts,
  list("searched", "?q=kowalska+timber"),
  list("narrowed", "?kind=estate&sort=changed&q=hale"),
  list("without a hit", "?q=zzyzx"),
  list("archived", "?archived=yes"),
  list("of a viewer", "?q=kowalska+timber", "viewer"),
  { ...list("ticked", "?q=kowalska+timber"), then: (page) => page.getByRole("checkbox").nth(1).check() },
  inside("contacts/new"),
  {
    ...inside("contacts/new"),
    as: "refused",
    then: async (page) => {
      await fillIn(page, { "Given name": "Ngozi", Email: "ngozi@@orchard.example", Phone: "call the office" });
      await press(page, "Save");
    },
  },
  inside("contacts/archival"),
  inside("campaigns"),
  { ...inside("campaigns"), as: "of a viewer", who: "viewer" },
  inside("campaigns/comparison"),
  inside("campaigns/new"),
  inside("campaigns/joining"),
  {
    ...inside("campaigns/joining"),
    as: "with a list",
    path: ({ account }) => `/${account}/campaigns/joining?all=q%3Dkowalska`,
  },
  { ...inside("campaigns/new"), as: "refused", then: (page) => press(page, "Save the draft") },
  { ...inside("campaigns/:campaignId"), path: (_, { campaign }) => campaign },
  { ...inside("campaigns/:campaignId"), as: "sent", path: (_, { mailed }) => mailed },
  { ...inside("campaigns/:campaignId"), as: "left out", path: (_, { campaign }) => `${campaign}?show=left-out` },
  {
    ...inside("campaigns/:campaignId/recipients/:contactId"),
    path: (_, { campaign, contact }) => `${campaign}/recipients/${contact.split("/").at(-1)}`,
  },
  { ...inside("campaigns/:campaignId/calls"), path: (_, { calls }) => calls },
  { ...inside("campaigns/:campaignId/calls"), as: "of a viewer", who: "viewer", path: (_, { calls }) => calls },
  { ...inside("campaigns/:campaignId/calls/:contactId"), path: (_, { called }) => called },
  {
    ...inside("campaigns/:campaignId/calls/:contactId"),
    as: "refused",
    path: (_, { called }) => called,
    then: async (page) => {
      await page.getByRole("radio", { name: "Call back later" }).check();
      await page.getByLabel("Call back on").fill("2020-01-01");
      await press(page, "Save and stop");
    },
  },
  { ...inside("campaigns/:campaignId/figures"), path: (_, { campaign }) => `${campaign}/figures` },
  { ...inside("campaigns/:campaignId/figures"), as: "sent", path: (_, { mailed }) => `${mailed}/figures` },
  { ...inside("campaigns/:campaignId/figures"), as: "by tag", path: (_, { mailed }) => `${mailed}/figures?by=tag` },
  { ...inside("campaigns/:campaignId/figures"), as: "by town", path: (_, { mailed }) => `${mailed}/figures?by=town` },
  {
    ...inside("campaigns/:campaignId/figures/recipients"),
    path: (_, { campaign }) => `${campaign}/figures/recipients`,
  },
  { ...inside("campaigns/:campaignId/sending"), path: (_, { campaign }) => `${campaign}/sending` },
  { ...inside("campaigns/:campaignId/sending/settings"), path: (_, { campaign }) => `${campaign}/sending/settings` },
  { ...inside("campaigns/:campaignId/sending/unknown"), path: (_, { campaign }) => `${campaign}/sending/unknown` },
  { ...inside("campaigns/:campaignId/preview"), path: (_, { campaign }) => `${campaign}/preview` },
  { ...inside("campaigns/:campaignId/edit"), path: (_, { campaign }) => `${campaign}/edit` },
  inside("campaigns/returned"),
  {
    ...inside("campaigns/returned"),
    as: "refused",
    then: async (page) => {
      await fillIn(page, { Code: "000001" });
      await press(page, "It came back");
    },
  },
  { ...inside("campaigns/:campaignId/letters"), path: (_, { letters }) => letters },
  { ...inside("campaigns/:campaignId/letters/labels"), path: (_, { letters }) => `${letters}/labels` },
  { ...inside("campaigns/:campaignId/letters/merge-file"), path: (_, { letters }) => `${letters}/merge-file` },
  { ...inside("campaigns/:campaignId/letters/preview"), path: (_, { letters }) => `${letters}/preview` },
  { ...inside("campaigns/:campaignId/letters/:runId"), path: (_, { printRun }) => printRun },
  { ...inside("campaigns/:campaignId/letters/:runId/page"), path: (_, { printRun }) => `${printRun}/page` },
  { ...inside("campaigns/:campaignId/bounces"), path: (_, { campaign }) => `${campaign}/bounces` },
  {
    ...inside("campaigns/:campaignId/bounces"),
    as: "read",
    path: (_, { mailed }) => `${mailed}/bounces`,
    then: async (page) => {
      const bounce = fullMailbox({ messageId: "<none@localhost>", to: "nobody@llewellyn.example" });
      await fillIn(page, { "Or paste one": bounce });
      await press(page, "Read them");
    },
  },
  { ...inside("campaigns/:campaignId/responses/new"), path: (_, { campaign }) => `${campaign}/responses/new` },
  {
    ...inside("campaigns/:campaignId/responses/new"),
    as: "refused",
    path: (_, { campaign }) => `${campaign}/responses/new`,
    then: (page) => press(page, "Record the answers"),
  },
  { ...inside("campaigns/:campaignId/recipients/new"), path: (_, { campaign }) => `${campaign}/recipients/new` },
  inside("connectors"),
  inside("connectors/catalogue"),
  {
    ...inside("connectors/catalogue"),
    as: "without a hit",
    path: ({ account }) => `/${account}/connectors/catalogue?q=zzyzx`,
  },
  {
    ...inside("connectors/new/:provider"),
    path: ({ account }) => `/${account}/connectors/new/microsoft`,
  },
  {
    ...inside("connectors/new/:provider"),
    as: "refused",
    path: ({ account }) => `/${account}/connectors/new/microsoft`,
    then: async (page) => {
      await fillIn(page, { Name: "" });
      await press(page, "Save and go on");
    },
  },
  { ...inside("connectors/:connectorId"), path: (_, { connector }) => connector },
  // Nothing is asked: it leads to the connector's page.
  { ...inside("connectors/:connectorId/answer"), path: (_, { connector }) => `${connector}/answer` },
  ...["settings", "deletion", "connection", "connection/begin", "connection/link", "connection/disconnection"].map(
    (rest) => ({
      ...inside(`connectors/:connectorId/${rest}`),
      path: (_: Demo, { connector }: Sights) => `${connector}/${rest}`,
    }),
  ),
  inside("connectors/schedule"),
  ...["fields", "mapping", "mapping/proposals", "rules", "schedule", "trial", "statistics"].map((rest) => ({
    ...inside(`connectors/:connectorId/${rest}`),
    path: (_: Demo, { odoo }: Sights) => `${odoo}/${rest}`,
  })),
  {
    ...inside("connectors/:connectorId/fields"),
    as: "searched",
    path: (_, { odoo }) => `${odoo}/fields?q=city`,
  },
  // Nothing is to be erased: it leads to the fields.
  { ...inside("connectors/:connectorId/fields/removal"), path: (_, { odoo }) => `${odoo}/fields/removal` },
  inside("reconciliations"),
  inside("reconciliations/audit"),
  ...["files", "files/orders"].map((rest) => ({
    ...inside(`reconciliations/:reconciliationId/${rest.replace("orders", ":side")}`),
    path: (_: Demo, { audit }: Sights) => `${audit}/${rest}`,
  })),
  inside("reconciliations/new"),
  {
    ...inside("reconciliations/new"),
    as: "refused",
    then: async (page) => {
      await fillIn(page, { Name: "" });
      await press(page, "Save and go on");
    },
  },
  ...["sources", "time-and-money", "ids", "left-out", "schedule", "runs", "deletion"].map((rest) => ({
    ...inside(`reconciliations/:reconciliationId/${rest}`),
    path: (_: Demo, { reconciliation }: Sights) => `${reconciliation}/${rest}`,
  })),
  {
    ...inside("reconciliations/:reconciliationId/runs/:runId"),
    path: ({ account }) => `/${account}/reconciliations`,
    then: async (page) => {
      const main = page.getByRole("main");
      await main.getByRole("link", { name: "Kiln & Clay" }).first().click();
      await main.getByRole("link", { name: "Runs", exact: true }).click();
      await main.getByRole("row").nth(1).getByRole("link").first().click();
      await main.getByRole("heading", { name: "Log" }).waitFor();
    },
  },
  ...["", "/findings", "/gaps", "/trend", "/trend/annotation", "/report", "/report/recipients"].map((rest) => ({
    ...inside(`reconciliations/:reconciliationId${rest}`),
    path: (_: Demo, { compared }: Sights) => compared + rest,
  })),
  {
    ...inside("reconciliations/:reconciliationId"),
    as: "not compared yet",
    path: (_, { reconciliation }) => reconciliation,
  },
  {
    ...inside("reconciliations/:reconciliationId/findings"),
    as: "refused",
    path: (_, { compared }) => `${compared}/findings?from=2026-02-31`,
  },
  ...["", "/match", "/aside"].map((rest) => ({
    ...inside(`reconciliations/:reconciliationId/orders/:orderKey${rest}`),
    path: (_: Demo, { missing }: Sights) => missing + rest,
  })),
  ...["match", "unmatch"].map((rest) => ({
    ...inside(`reconciliations/:reconciliationId/orders/:orderKey/${rest}`),
    as: "with a purchase",
    path: (_: Demo, { missing, twice }: Sights) => `${missing}/${rest}?row=${twice.split("/").at(-1)}`,
  })),
  ...["", "/aside"].map((rest) => ({
    ...inside(`reconciliations/:reconciliationId/rows/:rowId${rest}`),
    path: (_: Demo, { twice }: Sights) => twice + rest,
  })),
  inside("runs"),
  inside("data"),
  inside("data/raw"),
  { ...inside("data/raw/:rawId"), path: (_, { raw }) => raw },
  inside("data/orders"),
  { ...inside("data/orders/:recordId"), path: (_, { order }) => order },
  inside("data/transactions"),
  { ...inside("data/transactions/:recordId"), path: (_, { transaction }) => transaction },
  inside("data/canonical"),
  { ...inside("data/canonical/:recordId"), path: (_, { record }) => record },
  inside("settings/alerts"),
  inside("settings/model"),
  { ...outside("connect/:provider/callback", null), path: () => "/connect/google/callback" },
  { ...outside("connect/link/:token", null), as: "of no link", path: () => "/connect/link/none" },
  { ...outside("report/:token", null), as: "of no link", path: () => "/report/none" },
  inside("contacts/bulk"),
  {
    ...inside("contacts/bulk"),
    as: "refused",
    path: ({ account }) => `/${account}/contacts/bulk?all=q%3Dkowalska`,
    then: async (page) => {
      await page.getByRole("radio", { name: "Mark: do not contact" }).check();
      await press(page, "Go on to the numbers");
    },
  },
  { ...inside("contacts/bulk/:bulkId"), path: (_, { bulk }) => bulk },
  inside("contacts/views"),
  { ...inside("contacts/views/new"), path: ({ account }) => `/${account}/contacts/views/new?q=kowalska` },
  { ...inside("contacts/views/new"), as: "of the plain list" },
  { ...inside("contacts/views/:viewId"), path: (_, { view }) => view },
  { ...contacts, as: "as a view, changed", path: (_, { changedView }) => changedView },
  inside("contacts/deletion"),
  {
    ...inside("contacts/deletion"),
    as: "of one",
    path: ({ account }, { contact }) => `/${account}/contacts/deletion?id=${contact.split("/").at(-1)}`,
  },
  inside("contacts/deleted"),
  inside("changes"),
  { ...inside("changes/:changeSetId"), path: ({ account }, { change }) => `/${account}/changes/${change}` },
  inside("contacts/import"),
  { ...inside("contacts/import"), as: "refused", then: (page) => press(page, "Upload and go on") },
  { ...inside("contacts/import"), as: "refused to a viewer", who: "viewer" },
  inside("contacts/:contactId"),
  { ...inside("contacts/:contactId"), as: "of a viewer", who: "viewer" },
  {
    ...inside("contacts/:contactId"),
    as: "with its history open",
    then: (page) => panel(page, "History").locator("summary").first().click(),
  },
  { ...inside("contacts/:contactId"), as: "archived", path: (_, { archived }) => archived },
  inside("contacts/:contactId/edit"),
  {
    ...inside("contacts/:contactId/edit"),
    as: "with a conflict",
    then: async (page) => {
      const other = await page.context().newPage();
      await other.goto(page.url());
      await fillIn(other, { "Job title": `Head of ${newFamilyName()}`, Company: `${newFamilyName()} Ltd` });
      await press(other, "Save");
      await other.close();
      await fillIn(page, { "Job title": `Chair of ${newFamilyName()}`, Company: "" });
      await press(page, "Save");
    },
  },
  inside("contacts/:contactId/history"),
  { ...inside("contacts/:contactId/history"), as: "of a viewer", who: "viewer" },
  inside("contacts/:contactId/do-not-contact"),
  { ...inside("contacts/:contactId/do-not-contact/:markId/lifting"), path: (_, { lifting }) => lifting },
  inside("contacts/:contactId/estate"),
  inside("contacts/:contactId/household"),
  inside("contacts/:contactId/relationships/new"),
  { ...inside("contacts/:contactId/relationships/:relationshipId/edit"), path: (_, { relationship }) => relationship },
  {
    ...inside("contacts/:contactId/relationships/new"),
    as: "with a choice",
    path: (_, { contact }) => `${contact}/relationships/new?q=hale`,
  },
  inside("contacts/:contactId/sheet"),
  inside("contacts/:contactId/qr"),
  inside("contacts/:contactId/envelope"),
  {
    ...inside("contacts/:contactId/envelope"),
    as: "a sheet of labels",
    path: (_, { contact }) => `${contact}/envelope?format=l7160&row=2&column=3&copies=5`,
  },
  inside("contacts/export"),
  { ...inside("contacts/export"), as: "refused to a viewer", who: "viewer" },
  inside("exports"),
  { ...inside("exports"), as: "none yet", path: ({ otherAccount }) => `/${otherAccount}/exports` },
  inside("imports"),
  { ...inside("imports"), as: "none yet", path: ({ otherAccount }) => `/${otherAccount}/imports` },
  inside("imports/:runId"),
  { ...inside("imports/:runId"), as: "of a viewer", who: "viewer" },
  { ...inside("imports/:runId/columns"), path: (_, { draft }) => `${draft}/columns` },
  { ...inside("imports/:runId/rules"), path: (_, { draft }) => `${draft}/rules` },
  {
    ...inside("imports/:runId/check"),
    path: (_, { draft }) => `${draft}/columns`,
    then: (page) => press(page, "Go on to the check"),
  },
  inside("suppressions"),
  { ...inside("suppressions"), as: "without a hit", path: ({ account }) => `/${account}/suppressions?q=zzyzx` },
  { ...inside("suppressions"), as: "of a viewer", who: "viewer" },
  { ...inside("suppressions"), as: "none yet", path: ({ otherAccount }) => `/${otherAccount}/suppressions` },
  inside("suppressions/new"),
  {
    ...inside("suppressions/new"),
    as: "refused",
    then: async (page) => {
      await fillIn(page, { "Email or number": "ngozi@@orchard.example" });
      await press(page, "Add");
    },
  },
  { ...inside("suppressions/:suppressionId"), path: (_, { suppression }) => suppression },
  { ...inside("suppressions/:suppressionId/lifting"), path: (_, { suppression }) => `${suppression}/lifting` },
  inside("work"),
  inside("members"),
  { ...inside("members"), as: "of a viewer", who: "viewer" },
  inside("members/new"),
  {
    ...inside("members/new"),
    as: "invited",
    then: async (page) => {
      await fillIn(page, { "Email address": `${newFamilyName().toLowerCase()}@llewellyn.example` });
      await press(page, "Make the link");
    },
  },
  { ...inside("members/invitations/:invitationId/link"), path: (_, { invited }) => invited },
  inside("members/departure"),
  { ...inside("members/:userId"), path: (_, { member }) => member },
  ...["removal", "password-link", "second-factor"].map((rest) => ({
    ...inside(`members/:userId/${rest}`),
    path: (_: Demo, { member }: Sights) => `${member}/${rest}`,
  })),
  inside("notices"),
  inside("settings/fields"),
  inside("settings/fields/new"),
  { ...inside("settings/fields/:fieldId"), path: (_, { field }) => field },
  inside("settings/relationship-types"),
  { ...inside("settings/relationship-types/:typeId"), path: (_, { type }) => type },
  inside("settings/mail-reports"),
  ...["ses", "sendgrid", "hmac"].map((kind) => ({
    ...inside("settings/mail-reports/:kind"),
    as: kind,
    path: ({ account }: Demo) => `/${account}/settings/mail-reports/${kind}`,
  })),
  inside("settings/import-rules"),
  ...["required", "pattern", "list", "range"].map((kind) => ({
    ...inside("settings/import-rules/new/:kind"),
    as: kind,
    path: ({ account }: Demo) => `/${account}/settings/import-rules/new/${kind}`,
  })),
  { ...inside("settings/import-rules/:ruleId"), path: (_, { rule }) => rule },
  inside("settings"),
  inside("settings/formats"),
  inside("settings/access"),
  inside("settings/second-factor"),
  inside("settings/logo"),
  { ...inside("settings/logo"), as: "refused", then: (page) => press(page, "Save") },
  {
    ...inside("settings"),
    as: "refused",
    then: async (page) => {
      await fillIn(page, { "Firm's name": "" });
      await press(page, "Save");
    },
  },
];

/** Pages that only somebody new, or half signed in, sees: the walk through the first run comes by them. */
export const pagesOfTheFirstRun = [
  "set-up",
  "sign-in/authenticator",
  "person/recovery-codes",
  "sign-in/code",
  "sign-in/recovery",
  "person/authenticator/new",
];

/** The paths of all pages, as `app/routes.ts` has them; routes without a component are no pages. */
export function pagesOfTheSite(entries: readonly RouteConfigEntry[] = siteMap, above = ""): string[] {
  return entries.flatMap(({ file, path = "", children }) => {
    const whole = [above, path].filter(Boolean).join("/");
    if (children) return pagesOfTheSite(children, whole);
    return file.endsWith(".tsx") ? [whole] : [];
  });
}

const sampleRows = [
  ["Name", "Firma", "E-Mail", "Telefon"],
  ["Jürgen Weiß", "Weiß Möbel GmbH", "juergen@weiss-moebel.example", "+49 30 23125 014"],
  ["Anneliese Brandt", "Brandt Holzbau GmbH", "anneliese@brandt-holzbau.example", "+49 30 23125 015"],
  ["Björn Ødegård", "", "bjoern at home", "siehe Büro"],
];

/** Somebody who is invited, and somebody who is here. */
async function preparePeople(page: Page, account: string) {
  const email = `${newFamilyName().toLowerCase()}@llewellyn.example`;
  await page.goto(`/${account}/members/new`);
  await fillIn(page, { "Email address": email, Name: "Grace Llewellyn" });
  await press(page, "Make the link");
  const invitation = new URL(await page.locator("code.key").innerText()).pathname;
  await page.goto(`/${account}/members`);
  const pathOf = async (name: string | RegExp) => (await page.getByRole("link", { name }).getAttribute("href")) ?? "";
  const invited = await pathOf(`New link for ${email}`);
  const member = await pathOf("Tom Pemberton");
  return { invitation, invited, member, person: `/operator/people/${member.split("/").at(-1)}` };
}

/** A view of the list, and a change of all in it that waits for its button. */
async function prepareViews(page: Page, account: string, family: string) {
  await page.goto(`/${account}/contacts/views/new?q=${family}`);
  await fillIn(page, { Name: `The ${family}s` });
  await press(page, "Save");
  const viewId = new URL(page.url()).searchParams.get("view") ?? "";
  await page.goto(`/${account}/contacts/bulk?all=q%3D${family}`);
  await page.getByRole("radio", { name: "Add tags" }).check();
  await fillIn(page, { Tags: "ceramics" });
  await press(page, "Go on to the numbers");
  return {
    view: `/${account}/contacts/views/${viewId}`,
    changedView: `/${account}/contacts?q=${family}&kind=business&view=${viewId}`,
    bulk: new URL(page.url()).pathname,
  };
}

/** A draft of an email to those of the family's emails. */
async function prepareCampaign(page: Page, account: string, family: string): Promise<string> {
  await page.goto(`/${account}/campaigns/new`);
  await fillIn(page, {
    Name: `Spring review for the ${family}s`,
    "Planned for": "2027-05-02",
    "Cost in GBP": "310",
    Subject: "Your spring review",
    "Text, or the script of a call": "# Is everything still as it was?\n\nOnce a year we ask what has changed.",
  });
  await press(page, "Save the draft");
  const campaign = new URL(page.url()).pathname;
  const domain = `${family.toLowerCase()}.example`;
  await page.goto(`${campaign}/recipients/new`);
  await page.getByRole("radio", { name: "Single contacts, by their email" }).check();
  await fillIn(page, { Emails: `office@${domain}, folasade@${domain}` });
  await press(page, "Put them on the list");
  return campaign;
}

/** A campaign by email as it was planned, its list included, sent to whoever has one of these emails. */
async function sendMails(page: Page, account: string, { name, emails }: { name: string; emails: string[] }) {
  await page.goto(`/${account}/campaigns/new`);
  await fillIn(page, {
    Name: name,
    Subject: "{{first name | Good morning}}, is everything still as it was?",
    "Text, or the script of a call": mailText,
    "“Responded” in this campaign’s words": "Please call me",
    "“Converted” in this campaign’s words": "I book the review",
  });
  await press(page, "Save the draft");
  const campaign = new URL(page.url()).pathname;
  await page.goto(`${campaign}/recipients/new`);
  await page.getByRole("radio", { name: "Single contacts, by their email" }).check();
  await fillIn(page, { Emails: emails.join(", ") });
  await press(page, "Put them on the list");
  await page.goto(`${campaign}/sending`);
  await press(page, emails.length === 1 ? "Send to 1 recipient" : `Send to ${emails.length} recipients`);
  return campaign;
}

/** Mails that went out, one of them answered, and one of a campaign that was put away since. */
async function prepareMails(page: Page, { account, mail }: Demo, family: string) {
  const names = ["Adaeze", "Bronwen", "Corentin", "Dilwyn"];
  const emailOf = (name: string) => `${name.toLowerCase()}@${family.toLowerCase()}.example`;
  for (const name of names) {
    await addContact(page, account, { "Given name": name, "Family name": family, Email: emailOf(name) });
  }
  const emails = names.map(emailOf);
  const mailed = await sendMails(page, account, { name: `Review of the ${family}s`, emails: emails.slice(0, 3) });
  const away = await sendMails(page, account, { name: `Autumn news for the ${family}s`, emails: emails.slice(3) });
  const [answered = "", unanswered = "", unsubscribed = "", ended = ""] = await Promise.all(
    emails.map(async (email) => answerPath(await mailTo(mail, email))),
  );
  await page.goto(`${mailed}/sending`);
  await fillIn(page, { To: emailOf("trial") });
  await press(page, "Send the test");
  const trial = answerPath(await mailTo(mail, emailOf("trial")));
  await page.goto(away);
  await press(page, "Archive");
  for (const path of [answered, unsubscribed]) {
    await page.goto(`${path}?answer=converted`);
    await fillIn(page, { "A note to Hale & Partners": "After four, please: I am in court until then." });
    await press(page, "Send my answer");
    await page.getByRole("heading", { name: "Thank you" }).waitFor();
  }
  await page.goto(`${unsubscribed}/unsubscribe`);
  await press(page, "Unsubscribe");
  return { mailed, answered, unanswered, unsubscribed, trial, ended };
}

const mailText = [
  "{{salutation}},",
  "once a year we ask every client **what has changed**: a will is soon out of date.",
  "- Have you moved?\n- Is there somebody new in the family?\n- Has the house been sold?",
  "> “I had not looked at mine for eleven years.” A client of ours",
  "With kind regards,  \n{{sender's name}}",
].join("\n\n");

/** Letters to one of the family, in a file that waits. */
async function prepareLetters(page: Page, account: string, family: string) {
  await page.goto(`/${account}/campaigns/new`);
  await fillIn(page, {
    Name: `Letters to the ${family}s`,
    "Text, or the script of a call": "Is everything still as it was, {{first name}}?",
  });
  await page.getByRole("radio", { name: "Letters" }).check();
  await press(page, "Save the draft");
  const letters = `${new URL(page.url()).pathname}/letters`;
  const domain = `${family.toLowerCase()}.example`;
  await page.goto(letters.replace("/letters", "/recipients/new"));
  await page.getByRole("radio", { name: "Single contacts, by their email" }).check();
  await fillIn(page, { Emails: `office@${domain}, folasade@${domain}` });
  await press(page, "Put them on the list");
  await page.goto(`${letters}/labels`);
  await press(page, "Make the labels");
  await page.getByRole("link", { name: "Download" }).waitFor();
  await page.goto(letters);
  await press(page, "Make the PDF of 1 letter");
  await page.getByRole("link", { name: "Download" }).waitFor();
  return { letters, printRun: new URL(page.url()).pathname };
}

/** A round of calls with somebody called, somebody who wants a call-back, and somebody on the reader's page. */
async function prepareCalls(page: Page, account: string, family: string) {
  const domain = `${family.toLowerCase()}.example`;
  const names = ["Ines", "Jonas", "Kemi"];
  for (const [index, name] of names.entries()) {
    await addContact(page, account, {
      "Given name": name,
      "Family name": family,
      Email: `${name.toLowerCase()}@${domain}`,
      Phone: `01632 ${960200 + index}`,
    });
  }
  await page.goto(`/${account}/campaigns/new`);
  await page.getByRole("radio", { name: "Phone calls" }).check();
  await fillIn(page, {
    Name: `Calls to the ${family}s`,
    "Text, or the script of a call": callScript,
  });
  await press(page, "Save the draft");
  const campaign = new URL(page.url()).pathname;
  await page.goto(`${campaign}/recipients/new`);
  await page.getByRole("radio", { name: "Single contacts, by their email" }).check();
  await fillIn(page, { Emails: names.map((name) => `${name.toLowerCase()}@${domain}`).join(", ") });
  await press(page, "Put them on the list");
  await press(page, "Begin the calls");
  await page.goto(`${campaign}/calls`);
  await press(page, "Next call");
  await page.getByRole("radio", { name: "Spoke to them: responded" }).check();
  await fillIn(page, { Note: "Wants to hear more." });
  await press(page, "Save and next");
  await page.getByRole("radio", { name: "Call back later" }).check();
  await page.getByLabel("At", { exact: true }).fill("10:30");
  await press(page, "Save and next");
  return { calls: `${campaign}/calls`, called: new URL(page.url()).pathname };
}

const callScript = [
  "# Good morning",
  "My name is {{sender's name}}. May I speak to **{{full name}}**?",
  "- Is everything still as it was at {{company}}?",
  "- Shall we meet in {{city | your town}}?",
].join("\n\n");

async function askForLink(page: Page): Promise<void> {
  await fillIn(page, { "Email address": "nobody@llewellyn.example" });
  await press(page, "Send the link");
}

async function prepare(page: Page, demo: Demo): Promise<Sights> {
  const { account } = demo;
  const family = newFamilyName();
  const domain = `${family.toLowerCase()}.example`;
  const archived = await addContact(page, account, { "Given name": "Winifred", "Family name": family });
  await press(page, "Archive");
  await addContact(page, account, { Company: `${family} Timber LLP`, Email: `office@${domain}` });
  const contact = await addContact(page, account, {
    "Given name": "Folasade",
    "Family name": family,
    Company: `${family} Timber LLP`,
    "Job title": "Managing Director",
    Email: `folasade@${domain}`,
    Phone: "020 7946 0311",
    Street: "14 Kiln Row",
    "Town or city": "London",
    Postcode: "E8 4QN",
    Tags: "client, trustee",
    Notes: "Prefers letters.\nRings on Fridays.",
  });
  await page.goto(`${contact}/edit`);
  await fillIn(page, { "Email 2": `f.${family.toLowerCase()}@mail.example`, "Job title": "Owner" });
  await press(page, "Save");
  await page.goto(`${contact}/do-not-contact`);
  await page.getByRole("checkbox", { name: "Phone" }).check();
  await fillIn(page, { Reason: "asked by letter" });
  await press(page, "Mark");
  const lifting = (await page.getByRole("link", { name: /^Lift/ }).getAttribute("href")) ?? "";
  await page.goto(`${contact}/relationships/new?q=${family}`);
  await fillIn(page, { [`Folasade ${family}`]: "owns" });
  await page.getByRole("radio", { name: `${family} Timber LLP` }).check();
  await press(page, "Add");
  const change = panel(page, "Related").getByRole("link", { name: /^Change/ });
  const relationship = (await change.first().getAttribute("href")) ?? "";
  const gone = await addContact(page, account, { "Given name": "Ottoline", "Family name": family });
  await page.goto(`/${account}/contacts/deletion?id=${gone.split("/").at(-1)}`);
  await press(page, `Delete Ottoline ${family}`);
  await page.goto(`/${account}/settings/relationship-types`);
  await fillIn(page, { "The first": `is guarantor for ${family}`, "The second": `has as guarantor ${family}` });
  await press(page, "Add");
  const own = page.getByRole("link", { name: `is guarantor for ${family}` });
  const type = (await own.getAttribute("href")) ?? "";
  await page.goto(`/${account}/settings/fields/new`);
  await fillIn(page, { Name: `Level ${family}` });
  await press(page, "Add");
  const field =
    (await page
      .getByRole("link", { name: `Level ${family}` })
      .first()
      .getAttribute("href")) ?? "";
  await page.goto(`/${account}/suppressions/new`);
  await fillIn(page, { "Email or number": `folasade@${domain}`, Note: "rang on Friday" });
  await press(page, "Add");
  const suppression = new URL(page.url()).pathname;
  const run = await importList(page, account, germanCsv("Kundenliste März.csv", sampleRows));
  await upload(page, account, germanCsv("Kundenliste März.csv", sampleRows));
  const draft = new URL(page.url()).pathname.replace("/columns", "");
  await page.goto(`/${account}/changes`);
  const latest = page.getByRole("row").nth(1).getByRole("link").first();
  const changeSet = ((await latest.getAttribute("href")) ?? "").split("/").at(-1) ?? "";
  return {
    contact,
    archived,
    suppression,
    run,
    change: changeSet,
    lifting,
    relationship,
    field,
    type,
    draft,
    rule: await prepareRule(page, account),
    connector: await prepareConnector(page, account, family),
    odoo: await prepareOdoo(page, demo, family),
    raw: await firstOf(page, `/${account}/data/raw`),
    record: await firstOf(page, `/${account}/data/canonical`),
    ...(await prepareBooks(page, account, family)),
    campaign: await prepareCampaign(page, account, family),
    ...(await prepareLetters(page, account, family)),
    ...(await prepareMails(page, demo, family)),
    ...(await prepareCalls(page, account, family)),
    ...(await prepareViews(page, account, family)),
    ...(await preparePeople(page, account)),
  };
}

/** Tests of pages: what they show is made once for each worker. */
export const test = base.extend<object, { sights: Sights }>({
  sights: [
    async ({ browser, demo }, use) => {
      const context = await browser.newContext({ ...as("admin"), baseURL: demo.url });
      const sights = await prepare(await context.newPage(), demo);
      await context.close();
      await use(sights);
    },
    // Some forty pages: a slow machine may take longer for them than for a test.
    { scope: "worker", timeout: 240_000 },
  ],
});

/** Opens a view as whom it is for, in a window of its own. */
export async function openView(view: View, page: Page, demo: Demo, sights: Sights) {
  const answer = await page.goto(view.path(demo, sights));
  await view.then?.(page);
  return answer;
}

export const nameOf = (view: View) => `/${view.route}${view.as ? `, ${view.as}` : ""}`;

/** Google, as far as one comes before agreeing there. */
async function prepareConnector(page: Page, account: string, family: string): Promise<string> {
  await page.goto(`/${account}/connectors/new/google`);
  await fillIn(page, { Name: `Google of the ${family}s` });
  await press(page, "Save and go on");
  return new URL(page.url()).pathname.replace(/\/connection\/begin$/, "");
}

/** Odoo, connected by a key and as it is proposed. */
async function prepareOdoo(page: Page, { account, odoos }: Demo, family: string): Promise<string> {
  const [odoo] = odoos;
  await page.goto(`/${account}/connectors/new/odoo`);
  const reached = { "Address of your Odoo": odoo?.address ?? "", Database: odoo?.database ?? "" };
  const known = { User: odoo?.user ?? "", "API key": odoo?.key ?? "" };
  await fillIn(page, { Name: `Odoo of the ${family}s`, ...reached, ...known });
  await press(page, "Save and test the connection");
  // What to read, where it goes, how it is written, and when.
  for (let step = 0; step < 4; step += 1) await press(page, "Save and go on");
  return new URL(page.url()).pathname.replace(/\/trial$/, "");
}

/** What the first row of a list leads to. */
async function firstOf(page: Page, list: string): Promise<string> {
  await page.goto(list);
  const link = page.getByRole("main").getByRole("row").nth(1).getByRole("link").first();
  return (await link.getAttribute("href")) ?? "";
}

/** An order, and a transaction that tracked it, each of a file. */
async function prepareBooks(page: Page, account: string, family: string) {
  const files = {
    orders: `Order number,Order date,Currency,Total\n#${family},2026-03-01T10:00:00Z,EUR,119.00\n`,
    transactions: `Transaction ID,Date,Purchase revenue,Currency\n#${family},20260301,119.00,EUR\n`,
  };
  const importAs = { orders: importAsGuessed, transactions: importAsRecognised };
  for (const of of ["orders", "transactions"] as const) {
    await upload(page, account, { name: `${of}.csv`, bytes: Buffer.from(files[of]) }, of);
    await importAs[of](page);
  }
  await page.goto(`/${account}/reconciliations`);
  await page.getByRole("link", { name: "Kiln & Clay" }).first().click();
  const compared = new URL(page.url()).pathname.replace(/\/runs$/, "");
  return {
    compared,
    missing: await firstOf(page, `${compared}/findings`),
    twice: await firstOf(page, `${compared}/findings?side=row&bucket=duplicate`),
    reconciliation: await prepareReconciliation(page, account, family),
    audit: await prepareAudit(page, account, files),
    order: await firstOf(page, `/${account}/data/orders`),
    transaction: await firstOf(page, `/${account}/data/transactions`),
  };
}

/** Of files, at its second step. */
async function prepareReconciliation(page: Page, account: string, family: string): Promise<string> {
  await page.goto(`/${account}/reconciliations/new`);
  await fillIn(page, { Name: `Shop of the ${family}s` });
  await page.getByRole("checkbox", { name: "Imported files", exact: true }).check();
  await page.getByRole("radio", { name: "Imported files", exact: true }).check();
  await press(page, "Save and go on");
  return new URL(page.url()).pathname.replace(/\/time-and-money$/, "");
}

/** Of the same books without a currency, which has to be asked for. */
async function prepareAudit(page: Page, account: string, files: { orders: string; transactions: string }) {
  await page.goto(`/${account}/reconciliations/audit`);
  const fields = { orders: "Orders of the shop", transactions: "Purchases that its analytics tracked" };
  for (const side of ["orders", "transactions"] as const) {
    const buffer = Buffer.from(files[side].replace("Currency", "Paid in"));
    await page.getByLabel(fields[side]).setInputFiles({ name: `${side}.csv`, mimeType: "text/csv", buffer });
  }
  await press(page, "Compare them");
  return new URL(page.url()).pathname.replace(/\/files\/orders$/, "");
}

/** A rule that no row breaks; where it is there already, that one. */
async function prepareRule(page: Page, account: string): Promise<string> {
  const list = `/${account}/settings/import-rules`;
  await page.goto(`${list}/new/range`);
  await page.getByLabel("What it is about").selectOption({ label: "Postcode" });
  await page.getByRole("radio", { name: "How many characters it has" }).check();
  await fillIn(page, { "Up to": "50000" });
  await press(page, "Add the rule");
  await page.goto(list);
  const edit = page.getByRole("main").getByRole("link", { name: /^Edit/ });
  return (await edit.first().getAttribute("href")) ?? "";
}
