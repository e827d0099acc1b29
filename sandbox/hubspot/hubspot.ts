/** A stand-in for HubSpot's CRM, as far as contacts and companies are read from it. */
import {
  type Asked,
  type PageTrouble,
  type Reply,
  type StandIn,
  type StandInOptions,
  startStandIn,
} from "../frame/stand-in";
import { type World } from "../frame/world";
import { hubspotManners, invalid, type Limits, nowhere } from "./errors";
import { companyKind, contactKind, type HubSpotCompany, type HubSpotPerson, type Kind } from "./kinds";
import { batchReply, list, readBatch } from "./objects";
import { groupLists, propertyLists, toProperty } from "./properties";
import { type Index, search } from "./search";

export interface HubSpotStandIn extends StandIn, Limits {
  contacts: World<HubSpotPerson>;
  companies: World<HubSpotCompany>;
  index: Index;
  contactId(key: number): string;
  companyId(key: number): string;
}

export interface HubSpotOptions extends Omit<StandInOptions, "clock"> {
  contacts?: number;
  companies?: number;
  /** Of the account that it is. */
  portalId?: number;
}

interface Portal extends Limits {
  kinds: { contacts: Kind<HubSpotPerson>; companies: Kind<HubSpotCompany> };
  index: Index;
  portalId: number;
}

export async function startHubSpot({
  contacts = 40,
  companies = 12,
  portalId = 20858235,
  ...options
}: HubSpotOptions = {}): Promise<HubSpotStandIn> {
  const kinds = { contacts: contactKind(contacts, companies), companies: companyKind(companies) };
  const portal: Portal = { kinds, index: { lagMs: 0, last: null }, portalId, isDayOver: false };
  const { clock } = kinds.contacts.world;
  const answer = (asked: Asked, trouble: PageTrouble) => replyTo(portal, asked, trouble);
  const standIn = await startStandIn(answer, hubspotManners(portal), { ...options, clock });
  return Object.assign(portal, standIn, {
    ...{ contacts: kinds.contacts.world, companies: kinds.companies.world },
    ...{ contactId: kinds.contacts.idOf, companyId: kinds.companies.idOf },
  });
}

const names: Readonly<Record<string, "contacts" | "companies">> = {
  ...{ contacts: "contacts", contact: "contacts", "0-1": "contacts" },
  ...{ companies: "companies", company: "companies", "0-2": "companies" },
};

function replyTo(portal: Portal, asked: Asked, trouble: PageTrouble): Reply {
  const { path } = asked;
  if (path === "/account-info/v3/details") return { status: 200, body: detailsOf(portal) };
  if (path === "/crm/v4/associations/contacts/companies/batch/read") return associations(portal, asked);
  const [, area, type = "", rest = ""] = /^\/crm\/v3\/(objects|properties)\/([^/]+)(?:\/(.+))?$/.exec(path) ?? [];
  const name = names[type.toLowerCase()];
  if (!name) return nowhere();
  if (area === "properties") return propertiesReply(name, rest);
  const what = `${asked.method} ${rest}`;
  return name === "contacts"
    ? objectsReply(portal, { kind: portal.kinds.contacts, name }, { what, asked, trouble })
    : objectsReply(portal, { kind: portal.kinds.companies, name }, { what, asked, trouble });
}

function detailsOf({ portalId }: Portal): object {
  return {
    ...{ portalId, accountType: "STANDARD", timeZone: "Europe/London", companyCurrency: "GBP" },
    ...{ utcOffset: "+00:00", utcOffsetMilliseconds: 0, uiDomain: "app.hubspot.com", dataHostingLocation: "na1" },
  };
}

interface Named<Item> {
  kind: Kind<Item>;
  name: "contacts" | "companies";
}

function objectsReply<Item>(
  { index }: Portal,
  { kind, name }: Named<Item>,
  { what, asked, trouble }: { what: string; asked: Asked; trouble: PageTrouble },
): Reply {
  const known = new Set(propertyLists[name]?.map((property) => property.name));
  const isKnown = (property: string) => known.has(property);
  if (what === "GET ") return list(kind, asked, isKnown, trouble);
  if (what === "POST search") return search(kind, asked, isKnown, index, trouble);
  return what === "POST batch/read" ? readBatch(kind, asked, isKnown) : nowhere();
}

function propertiesReply(name: string, rest: string): Reply {
  if (rest === "") return { status: 200, body: { results: propertyLists[name]?.map(toProperty) } };
  if (rest !== "groups") return nowhere();
  const results = groupLists[name]?.map(([name, label]) => ({ name, label, displayOrder: -1, archived: false }));
  return { status: 200, body: { results } };
}

const MOST_INPUTS = 1_000;

/** Whoever belongs nowhere is told of as an error, with status 207. */
function associations({ kinds: { contacts, companies } }: Portal, { body }: Asked): Reply {
  const { inputs } = JSON.parse(body) as { inputs: { id: string }[] };
  if (inputs.length > MOST_INPUTS) return invalid(`At most ${MOST_INPUTS} inputs are allowed.`);
  const found = inputs.map(({ id }) => {
    const known = contacts.world.get(contacts.keyOf(id) ?? 0);
    return { id, keys: known?.item.companies ?? [] };
  });
  const results = found.flatMap(({ id, keys }) => {
    if (keys.length === 0) return [];
    const to = keys.map((key, place) => ({
      toObjectId: Number(companies.idOf(key)),
      associationTypes: typesOf(place),
    }));
    return [{ from: { id }, to }];
  });
  const errors = found.flatMap(({ id, keys }) => (keys.length > 0 ? [] : [belongsNowhere(id)]));
  return batchReply(contacts, results, errors);
}

function typesOf(place: number): object[] {
  const unlabelled = { category: "HUBSPOT_DEFINED", typeId: 279, label: null };
  return place === 0 ? [{ category: "HUBSPOT_DEFINED", typeId: 1, label: "Primary" }, unlabelled] : [unlabelled];
}

const belongsNowhere = (id: string) => ({
  status: "error",
  category: "OBJECT_NOT_FOUND",
  subCategory: "crm.associations.NO_ASSOCIATIONS_FOUND",
  message: `No company is associated with contact ${id}.`,
  context: { fromObjectId: [id], fromObjectType: ["contact"], toObjectType: ["company"] },
});
