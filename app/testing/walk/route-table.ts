/**
 * Every route, who may load it and who may post to it, and what a right form looks like. What somebody else gets
 * follows from that (`expected.ts`). A route, loader or action that is not in here fails the walk.
 */
import { type Right } from "~/features/accounts/rights";
import { csv, type Example } from "~/testing/walk/examples";

/**
 * - a right: members whose role has it; other members are told so, to everybody else the account is not there
 * - `everybody`, `operator`, `signed in`, `at the start` (the same, but it leads to the sign-in page however far one
 *   has got with signing in), `visitor` (who is not signed in; others are sent on)
 * - `code`, `enrolling`: who is at this second step of signing in
 * - `nobody`: it answers everybody alike, with the status that stands beside it
 */
export type Who =
  Right | "everybody" | "operator" | "signed in" | "at the start" | "visitor" | "code" | "enrolling" | "nobody";

export interface Door {
  who: Who;
  /** The status for who may (one of these). */
  status: readonly number[];
}

export interface RouteRow {
  /** An address of it. For a layout that of a page in it. */
  path: (example: Example) => string;
  /** Frames pages: its loader is asked by itself only. */
  layout?: true;
  load?: Door;
  post?: Door;
  /** The fields of a right form. */
  form?: (example: Example) => Record<string, string>;
  /** The content of a right upload, in the place of fields. */
  upload?: string;
  /** Query strings with a record's id in them. */
  searches?: (example: Example) => string[];
  /** Which ids of the example the address, the form and the query strings name. */
  ids?: readonly (keyof Example)[];
}

const may = (who: Who, status: number | number[] = 200): Door => ({ who, status: [status].flat() });
const noPage = may("nobody", 405);

const contact = ({ slug, contactId }: Example) => `/${slug}/contacts/${contactId}`;
const run = (id: "draftId" | "queuedId" | "doneId", rest = "") => {
  return (example: Example) => `/${example.slug}/imports/${example[id]}${rest}`;
};
const within = (rest: string) => (example: Example) => `/${example.slug}${rest}`;
const at = (path: string) => () => path;

const contactFields = { kind: "individual", givenName: "Xanthippe", familyName: "Quillfeather", version: "1" };

const outside: Record<string, RouteRow> = {
  root: { path: at("/sign-in"), load: may("everybody"), layout: true },
  "routes/welcome": { path: at("/"), load: may("at the start", [200, 302]) },
  "routes/set-up/first-run": { path: at("/set-up"), load: may("nobody", 404), post: may("nobody", 404) },
  "routes/sign-in/password": { path: at("/sign-in"), load: may("visitor"), post: may("everybody", [422, 302]) },
  "routes/sign-in/second-factor": { path: at("/sign-in/code"), load: may("code"), post: may("code", 422) },
  "routes/sign-in/recovery": { path: at("/sign-in/recovery"), load: may("code"), post: may("code", 422) },
  "routes/sign-in/authenticator": {
    path: at("/sign-in/authenticator"),
    load: may("enrolling"),
    post: may("enrolling", 422),
  },
  "routes/sign-in/sign-out": { path: at("/sign-out"), load: noPage, post: may("everybody", 303) },
};

const proof = { password: "not the right words", code: "000000" };

const person: Record<string, RouteRow> = {
  "routes/person/profile": { path: at("/person"), load: may("signed in") },
  "routes/person/password": {
    path: at("/person/password"),
    load: may("signed in"),
    post: may("signed in", 422),
    form: () => ({ ...proof, newPassword: "another four plain words" }),
  },
  "routes/person/authenticator": {
    path: at("/person/authenticator"),
    load: may("signed in"),
    post: may("signed in", 422),
    form: () => proof,
  },
  "routes/person/new-authenticator": {
    path: at("/person/authenticator/new"),
    load: may("signed in", 302),
    post: may("signed in", 303),
    form: () => ({ code: "000000" }),
  },
  "routes/person/recovery-codes": {
    path: at("/person/recovery-codes"),
    load: may("signed in", 302),
    post: may("signed in", 303),
  },
  "routes/person/renew-recovery-codes": {
    path: at("/person/recovery-codes/renewal"),
    load: may("signed in"),
    post: may("signed in", 422),
    form: () => proof,
  },
  "routes/person/end-sessions": {
    path: at("/person/sessions/end"),
    load: may("signed in"),
    post: may("signed in", 422),
    form: () => proof,
    searches: ({ sessionId }) => [`session=${sessionId}`],
    ids: ["sessionId"],
  },
};

const contacts: Record<string, RouteRow> = {
  "routes/contacts/list": {
    path: within("/contacts"),
    load: may("contacts.read"),
    searches: ({ tagId, contactId }) => [
      `tag=${tagId}`,
      `after=${contactId}~1~a`,
      `before=${contactId}~50~zz`,
      `q=${contactId}`,
    ],
    ids: ["tagId", "contactId"],
  },
  "routes/contacts/new": {
    path: within("/contacts/new"),
    load: may("contacts.write"),
    post: may("contacts.write", 303),
    form: () => contactFields,
  },
  "routes/contacts/archival-of-many": {
    path: within("/contacts/archival"),
    load: may("contacts.archive"),
    post: may("contacts.archive", 303),
    form: ({ contactId, otherContactId }) => ({ ids: `${contactId},${otherContactId}` }),
    searches: ({ contactId, otherContactId }) => [`id=${contactId}&id=${otherContactId}`, "all=q%3Dquillfeather"],
    ids: ["contactId", "otherContactId"],
  },
  "routes/contacts/archival-undo": {
    path: ({ slug, archivalId }) => `/${slug}/contacts/archival/${archivalId}/undo`,
    load: noPage,
    post: may("contacts.archive", 303),
    ids: ["archivalId"],
  },
  "routes/contacts/restoration-of-many": {
    path: within("/contacts/restoration"),
    load: noPage,
    post: may("contacts.archive", 303),
    form: ({ archivedContactId }) => ({ id: archivedContactId }),
    ids: ["archivedContactId"],
  },
  "routes/contacts/detail": {
    path: contact,
    load: may("contacts.read"),
    searches: ({ contactId, draftId }) => [`history=${contactId}`, `history=${draftId}`],
    ids: ["contactId"],
  },
  "routes/contacts/edit": {
    path: (example) => `${contact(example)}/edit`,
    load: may("contacts.write"),
    post: may("contacts.write", 303),
    form: () => contactFields,
    ids: ["contactId"],
  },
  "routes/contacts/archival": {
    path: (example) => `${contact(example)}/archival`,
    load: noPage,
    post: may("contacts.archive", 303),
    ids: ["contactId"],
  },
  "routes/contacts/restoration": {
    path: ({ slug, archivedContactId }) => `/${slug}/contacts/${archivedContactId}/restoration`,
    load: noPage,
    post: may("contacts.archive", 303),
    ids: ["archivedContactId"],
  },
  "routes/contacts/unpinning": {
    path: (example) => `${contact(example)}/unpinning/company`,
    load: noPage,
    post: may("contacts.write", 303),
    ids: ["contactId"],
  },
  "routes/contacts/new-relationship": {
    path: (example) => `${contact(example)}/relationships/new`,
    load: may("contacts.write"),
    post: may("contacts.write", 303),
    form: ({ otherContactId }) => ({ how: "manages", otherId: otherContactId }),
    ids: ["contactId", "otherContactId"],
  },
  "routes/contacts/relationship-removal": {
    path: (example) => `${contact(example)}/relationships/${example.relationshipId}/removal`,
    load: noPage,
    post: may("contacts.write", 303),
    ids: ["contactId", "relationshipId"],
  },
};

const imports: Record<string, RouteRow> = {
  "routes/import/upload": {
    path: within("/contacts/import"),
    load: may("contacts.import"),
    post: may("contacts.import", 303),
    upload: csv,
  },
  "routes/import/list": { path: within("/imports"), load: may("work.read") },
  "routes/import/run": { path: run("doneId"), load: may("work.read"), ids: ["doneId"] },
  "routes/import/columns": {
    path: run("draftId", "/columns"),
    load: may("contacts.import"),
    post: may("contacts.import", 303),
    form: () => ({ encoding: "utf-8", delimiter: "semicolon", hasHeader: "on", phoneCountry: "GB", column: "name" }),
    ids: ["draftId"],
  },
  "routes/import/check": { path: run("draftId", "/check"), load: may("contacts.import"), ids: ["draftId"] },
  "routes/import/start": {
    path: run("draftId", "/start"),
    load: may("contacts.import", 405),
    post: may("contacts.import", 303),
    ids: ["draftId"],
  },
  "routes/import/discarding": {
    path: run("draftId", "/discarding"),
    load: may("contacts.import", 405),
    post: may("contacts.import", 303),
    ids: ["draftId"],
  },
  "routes/import/cancellation": {
    path: run("queuedId", "/cancellation"),
    load: may("work.cancel", 405),
    post: may("work.cancel", 303),
    ids: ["queuedId"],
  },
  "routes/import/refused-rows": {
    path: run("doneId", "/refused-rows.csv"),
    load: may("contacts.import"),
    ids: ["doneId"],
  },
};

const settings = { name: "Brandt Holzbau GmbH", colour: "3", phoneCountry: "GB", timeZone: "UTC", currency: "GBP" };

export const routeTable: Record<string, RouteRow> = {
  ...outside,
  ...person,
  "routes/operator/accounts": { path: at("/operator"), load: may("operator") },
  "routes/account": { path: within(""), load: may("account.read"), layout: true },
  "routes/home": { path: within(""), load: may("account.read") },
  ...contacts,
  ...imports,
  "routes/work/list": { path: within("/work"), load: may("work.read") },
  "routes/settings/settings": {
    path: within("/settings"),
    load: may("settings.read"),
    post: may("settings.manage", 303),
    form: () => settings,
  },
};
