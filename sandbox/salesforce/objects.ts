/** What Salesforce keeps here: contacts, leads and accounts, each as a row of all its fields. */
import {
  sampleCompany,
  type SampleCompany,
  type SampleAddress,
  samplePerson,
  type SamplePerson,
} from "../frame/people";
import { World } from "../frame/world";
import { type FieldFacts, fieldLists } from "./fields";
import { type Ids, idsOf, instantText } from "./ids";

/** Values of fields that the samples have no word for. */
type More = Readonly<Record<string, string | number | boolean>>;

export interface SalesforceContact extends SamplePerson {
  /** Number of the account. */
  account: number | null;
  more: More;
}

export interface SalesforceLead extends SamplePerson {
  /** Number of the contact that it was converted to. */
  convertedTo: number | null;
  more: More;
}

export interface SalesforceAccount extends SampleCompany {
  more: More;
}

export type ObjectName = "Contact" | "Lead" | "Account";

type Values = Record<string, unknown>;

/** An object, whatever is kept in it. */
export interface SalesforceObject extends Ids {
  name: ObjectName;
  fields: readonly FieldFacts[];
  /** Those of its fields that say something; null: there is no such record, not even in the recycle bin. */
  row(key: number): Values | null;
  /** Those that are there, behind this number. */
  keys(behind: number): Iterable<number>;
  /** Those that are there and changed then or later, the longest unchanged first. */
  keysSince(time: number): Iterable<number>;
  /** In the recycle bin, with when that was. */
  deleted(): { key: number; at: number }[];
}

interface Making<Item> {
  name: ObjectName;
  world: World<Item>;
  ids: Ids;
  valuesOf(item: Item): Values;
}

/** So long things lie in the recycle bin. */
const BIN_MS = 15 * 24 * 60 * 60 * 1000;

function objectOf<Item>({ name, world, ids, valuesOf }: Making<Item>): SalesforceObject {
  const inBin = (key: number) => {
    const gone = world.gone(key);
    return gone && gone.at > world.clock().getTime() - BIN_MS ? gone : null;
  };
  function row(key: number): Values | null {
    const known = world.get(key);
    if (known) return { ...valuesOf(known.item), ...standing(known) };
    const gone = inBin(key);
    const before = gone && world.since(0).findLast((entry) => entry.key === key)?.before;
    if (!gone || !before) return null;
    const master = gone.into === null ? null : ids.idOf(gone.into);
    const { IsDeleted: _there, ...facts } = standing({ key, createdAt: gone.at, changedAt: gone.at });
    return { ...valuesOf(before), ...facts, IsDeleted: true, MasterRecordId: master };
  }
  function standing({ key, createdAt, changedAt }: { key: number; createdAt: number; changedAt: number }) {
    const [created, changed] = [instantText(createdAt), instantText(changedAt)];
    const dates = { CreatedDate: created, LastModifiedDate: changed, SystemModstamp: changed };
    return { Id: ids.idOf(key), IsDeleted: false, ...dates };
  }
  return {
    ...{ name, fields: fieldLists[name], ...ids, row },
    keys: (behind) => world.keys(behind),
    // Seconds are compared: what changed within that second is among them.
    keysSince: (time) => world.keysByChange({ changedAt: time - 1, key: Number.MAX_SAFE_INTEGER }),
    deleted: () =>
      world.goneKeys().flatMap((key) => {
        const at = inBin(key)?.at;
        return at === undefined ? [] : [{ key, at }];
      }),
  };
}

export interface Organisation {
  contacts: World<SalesforceContact>;
  leads: World<SalesforceLead>;
  accounts: World<SalesforceAccount>;
  objects: Readonly<Record<ObjectName, SalesforceObject>>;
}

export interface Counts {
  contacts: number;
  leads: number;
  accounts: number;
}

/** Leads are others than contacts. */
const FIRST_LEAD = 10_000;

export function organisation({ contacts, leads, accounts }: Counts): Organisation {
  const worlds = {
    // Every fourth belongs nowhere.
    contacts: new World<SalesforceContact>(contacts, (key) => {
      const account = accounts === 0 || key % 4 === 0 ? null : 1 + (key % accounts);
      return { ...samplePerson(key), account, more: {} };
    }),
    leads: new World<SalesforceLead>(leads, (key) => ({
      ...{ ...samplePerson(FIRST_LEAD + key), convertedTo: null, more: {} },
    })),
    accounts: new World<SalesforceAccount>(accounts, (key) => ({ ...sampleCompany(key), more: {} })),
  };
  const ids = { Contact: idsOf("003"), Lead: idsOf("00Q"), Account: idsOf("001") };
  const accountOf = (key: number | null) => {
    const known = key === null ? null : worlds.accounts.get(key);
    if (!known) return { AccountId: null, Account: null };
    const url = `/services/data/v62.0/sobjects/Account/${ids.Account.idOf(known.key)}`;
    const account = { attributes: { type: "Account", url }, Name: known.item.name, ...known.item.more };
    return { AccountId: ids.Account.idOf(known.key), Account: account };
  };
  const objects = {
    Contact: objectOf({
      ...{ name: "Contact", world: worlds.contacts, ids: ids.Contact },
      valuesOf: (item) => ({ ...contactValues(item), ...accountOf(item.account) }),
    }),
    Lead: objectOf({
      ...{ name: "Lead", world: worlds.leads, ids: ids.Lead },
      valuesOf: (item) => {
        const contact = item.convertedTo === null ? null : ids.Contact.idOf(item.convertedTo);
        return { ...leadValues(item), IsConverted: contact !== null, ConvertedContactId: contact };
      },
    }),
    Account: objectOf({ name: "Account", world: worlds.accounts, ids: ids.Account, valuesOf: accountValues }),
  };
  return { ...worlds, objects };
}

function addressValues(name: string, address: SampleAddress | undefined): Values {
  if (!address) return {};
  const street = [address.street, address.extra].filter(Boolean).join("\r\n");
  return {
    ...{ [`${name}Street`]: street, [`${name}City`]: address.city, [`${name}State`]: address.region },
    ...{ [`${name}PostalCode`]: address.postalCode, [`${name}Country`]: address.country },
  };
}

function personValues(person: SamplePerson): Values {
  const phone = (label: string) => person.phones.find((each) => each.label === label)?.value ?? null;
  // Nobody is there without a last name.
  const lastName = person.family ?? person.company ?? "Unknown";
  return {
    ...{ Salutation: person.prefix, FirstName: person.given, LastName: lastName, Title: person.jobTitle },
    Name: [person.given, lastName].filter(Boolean).join(" "),
    ...{ Phone: phone("work"), MobilePhone: phone("mobile"), Email: person.emails[0]?.value ?? null },
    ...{ Description: person.notes, HasOptedOutOfEmail: false, DoNotCall: false },
  };
}

function contactValues(person: SalesforceContact): Values {
  const { birthday, addresses, own, more } = person;
  const two = (number: number) => String(number).padStart(2, "0");
  const born = birthday?.year == null ? null : `${birthday.year}-${two(birthday.month)}-${two(birthday.day)}`;
  return {
    ...{ ...personValues(person), Birthdate: born, text_field__c: own[0]?.value ?? null },
    ...{ ...addressValues("Mailing", addresses[0]), ...addressValues("Other", addresses[1]), ...more },
  };
}

function leadValues(person: SalesforceLead): Values {
  const { company, family, addresses, urls, more } = person;
  const web = urls[0]?.value ?? null;
  return {
    ...{ ...personValues(person), Company: company ?? family, Status: "Open - Not Contacted", Website: web },
    ...{ ...addressValues("", addresses[0]), ...more },
  };
}

function accountValues({ name, domain, phone, address, more }: SalesforceAccount): Values {
  return { Name: name, Phone: phone, Website: `https://www.${domain}`, ...addressValues("Billing", address), ...more };
}
