/** A stand-in for Salesforce's REST API, as far as contacts, leads and accounts are read from it. */
import {
  type Asked,
  type PageTrouble,
  type Reply,
  type StandIn,
  type StandInOptions,
  startStandIn,
} from "../frame/stand-in";
import { type World } from "../frame/world";
import { type Limits, noSuchField, nowhere, refusal, salesforceManners } from "./errors";
import { toField } from "./fields";
import {
  organisation,
  type SalesforceAccount,
  type SalesforceContact,
  type SalesforceLead,
  type SalesforceObject,
} from "./objects";
import { deletedIn, nextPage, query, type Querying, shownAs } from "./query";

export interface SalesforceStandIn extends StandIn, Limits {
  contacts: World<SalesforceContact>;
  leads: World<SalesforceLead>;
  accounts: World<SalesforceAccount>;
  contactId(key: number): string;
  leadId(key: number): string;
  accountId(key: number): string;
  hidden: Set<string>;
  patienceMs: number;
  /** Makes a contact of a lead, as people do there. */
  convert(lead: number, contact: number): void;
  /** All three clocks stand still. */
  setTime(instant: string): void;
}

export interface SalesforceOptions extends Omit<StandInOptions, "clock"> {
  contacts?: number;
  leads?: number;
  accounts?: number;
}

export async function startSalesforce({
  contacts = 40,
  leads = 15,
  accounts = 12,
  ...options
}: SalesforceOptions = {}): Promise<SalesforceStandIn> {
  const all = organisation({ contacts, leads, accounts });
  const { clock } = all.contacts;
  const state: Querying & Limits & { hidden: Set<string> } = {
    ...{ organisation: all, name: "Hale & Partners", hidden: new Set(), patienceMs: Infinity, clock },
    ...{ open: new Map(), last: null, isCrowded: false, notAttached: null },
  };
  const answer = (asked: Asked, trouble: PageTrouble) => replyTo(state, asked, trouble);
  const standIn = await startStandIn(answer, salesforceManners(state), { ...options, clock });
  return Object.assign(state, standIn, {
    ...{ contacts: all.contacts, leads: all.leads, accounts: all.accounts },
    ...{ contactId: all.objects.Contact.idOf, leadId: all.objects.Lead.idOf, accountId: all.objects.Account.idOf },
    convert: (lead: number, contact: number) => all.leads.change(lead, { convertedTo: contact }),
    setTime: (instant: string) => {
      for (const world of [all.contacts, all.leads, all.accounts]) world.stoppedAt = instant;
    },
  });
}

function replyTo(state: Querying, asked: Asked, trouble: PageTrouble): Reply {
  const [, rest = ""] = /^\/services\/data\/v\d\d\.0\/(.+)$/.exec(asked.path) ?? [];
  const [first = "", place] = rest.split("/");
  if (first === "query" || first === "queryAll") {
    return place === undefined
      ? query(state, asked, { all: first === "queryAll", trouble })
      : behind(state, place, trouble);
  }
  return recordsReply(state, rest, { asked, trouble });
}

function behind(state: Querying, place: string, trouble: PageTrouble): Reply {
  const body = trouble.takes("expired-cursor") ? null : nextPage(state, place);
  return body ? { status: 200, body } : refusal(400, "INVALID_QUERY_LOCATOR", "invalid query locator");
}

function recordsReply(state: Querying, rest: string, { asked, trouble }: Omit<Wanted, "what">): Reply {
  const [, collection, name, what = ""] = /^(sobjects|composite\/sobjects)\/(\w+)(?:\/(\w+)\/?)?$/.exec(rest) ?? [];
  const object = Object.values(state.organisation.objects).find((each) => each.name === name);
  if (!object) return nowhere();
  if (collection !== "sobjects") return asked.method === "POST" ? retrieved(state, object, asked) : nowhere();
  return objectReply(state, object, { what, asked, trouble });
}

interface Wanted {
  what: string;
  asked: Asked;
  trouble: PageTrouble;
}

function objectReply(state: Querying, object: SalesforceObject, { what, asked, trouble }: Wanted): Reply {
  if (what === "describe") return { status: 200, body: describe(state, object) };
  if (what === "deleted") return deletedIn(object, asked, state, trouble.takes("expired-cursor"));
  const key = object.keyOf(what);
  const row = key === null ? null : object.row(key);
  if (!row || row.IsDeleted === true) return nowhere();
  const fields = object.fields.map((field) => field.name);
  return { status: 200, body: shownAs(object, row, fields) };
}

const MOST_IDS = 2_000;

/** In the order asked for; null for who is not there. */
function retrieved({ hidden }: Querying, object: SalesforceObject, { body }: Asked): Reply {
  const { ids, fields } = JSON.parse(body) as { ids: string[]; fields: string[] };
  if (ids.length > MOST_IDS) return refusal(400, "EXCEEDED_ID_LIMIT", `record limit reached: ${ids.length}`);
  const known = new Set(object.fields.map(({ name }) => name));
  const wrong = fields.find((field) => !known.has(field) || hidden.has(`${object.name}.${field}`));
  if (wrong) return noSuchField(`SELECT ${wrong}`, wrong, object.name);
  const found = ids.map((id) => {
    const row = object.row(object.keyOf(id) ?? 0);
    return row && row.IsDeleted === false ? shownAs(object, row, fields) : null;
  });
  return { status: 200, body: found };
}

const prefixes = { Contact: "003", Lead: "00Q", Account: "001" } as const;

function describe({ hidden }: Querying, { name, fields }: SalesforceObject): object {
  const seen = fields.filter((field) => !hidden.has(`${name}.${field.name}`));
  return {
    ...{ actionOverrides: [], activateable: false, childRelationships: [], compactLayoutable: true, createable: true },
    ...{ custom: false, customSetting: false, deletable: true, deprecatedAndHidden: false, feedEnabled: true },
    fields: seen.map(toField),
    ...{ hasSubtypes: false, isSubtype: false, keyPrefix: prefixes[name], label: name, labelPlural: `${name}s` },
    ...{ layoutable: true, listviewable: null, lookupLayoutable: null, mergeable: true, mruEnabled: true, name },
    ...{ namedLayoutInfos: [], networkScopeFieldName: null, queryable: true, recordTypeInfos: [], replicateable: true },
    ...{ retrieveable: true, searchLayoutable: true, searchable: true, sobjectDescribeOption: "FULL" },
    ...{ supportedScopes: [], triggerable: true, undeletable: true, updateable: true, urls: {} },
  };
}
