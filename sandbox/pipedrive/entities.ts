/** What Pipedrive keeps here: people and organisations, as its API v2 shows them. */
import {
  type SampleAddress,
  sampleCompany,
  type SampleCompany,
  samplePerson,
  type SamplePerson,
} from "../frame/people";
import { type Known, World } from "../frame/world";

export interface PipedrivePerson extends SamplePerson {
  /** The number of an organisation. */
  organisation: number | null;
}

export interface Lists {
  persons: World<PipedrivePerson>;
  organizations: World<SampleCompany>;
}

export function makeLists(contacts: number, companies: number): Lists {
  const organisation = (key: number) => (companies === 0 || key % 4 === 0 ? null : 1 + (key % companies));
  return {
    persons: new World(contacts, (key) => ({ ...samplePerson(key), organisation: organisation(key) })),
    organizations: new World(companies, sampleCompany),
  };
}

const CUSTOM_TEXT = "9dc80c50d78a15643bfc4ca79d76156a73a1ca0e";
const CUSTOM_CHOICE = "4f1b2c3d5e6f708192a3b4c5d6e7f8091a2b3c4d";

/** With two of the account's own: a text and a choice, whose options are told by number. */
export const fieldLists: Readonly<Record<string, readonly object[]>> = {
  personFields: [
    field("name", "Name", "varchar"),
    field("emails", "Email", "varchar"),
    field(CUSTOM_TEXT, "Membership no", "varchar", { is_custom_field: true }),
    field(CUSTOM_CHOICE, "Voice", "enum", {
      is_custom_field: true,
      options: [
        { id: 11, label: "Soprano" },
        { id: 12, label: "Bass" },
      ],
    }),
  ],
  organizationFields: [field("name", "Name", "varchar"), field("address", "Address", "address")],
};

function field(field_code: string, field_name: string, field_type: string, more: object = {}): object {
  return { field_code, field_name, field_type, options: null, subfields: null, is_custom_field: false, ...more };
}

function times({ createdAt, changedAt }: Pick<Known<unknown>, "createdAt" | "changedAt">) {
  const text = (at: number) => new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
  return { add_time: text(createdAt), update_time: text(changedAt) };
}

/** All own fields, or those that were named. */
export function personOf(known: Known<PipedrivePerson>, custom: readonly string[]): object {
  const { key, item } = known;
  const values: Record<string, string | number | null> = {
    [CUSTOM_TEXT]: item.own[0]?.value ?? null,
    [CUSTOM_CHOICE]: key % 2 === 0 ? 11 : 12,
  };
  const names = custom.length > 0 ? custom : Object.keys(values);
  return {
    ...{ id: key, name: [item.given, item.family].filter(Boolean).join(" ") || item.company },
    ...{ first_name: item.given, last_name: item.family, owner_id: 1, org_id: item.organisation },
    ...times(known),
    emails: item.emails.map((email, place) => ({ ...email, primary: place === 0 })),
    phones: item.phones.map((phone, place) => ({ ...phone, primary: place === 0 })),
    ...{ is_deleted: false, visible_to: 3, label_ids: [], picture_id: null },
    custom_fields: Object.fromEntries(names.map((name) => [name, values[name] ?? null])),
  };
}

export function organisationOf(known: Known<SampleCompany>): object {
  const { name, address } = known.item;
  return {
    ...{ id: known.key, name, owner_id: 1, ...times(known) },
    ...{ is_deleted: false, visible_to: 3, label_ids: [], address: addressOf(address), custom_fields: {} },
  };
}

/** As a map has it: the number apart from the street. */
function addressOf({ street, city, region, postalCode, country }: SampleAddress): object {
  const [, before = "", after = ""] = /^(\d+(?: bis)?) | (\d+(?:\/\d+)?)$/.exec(street) ?? [];
  return {
    ...{ value: [street, `${postalCode} ${city}`, country].join(", "), country, admin_area_level_1: region },
    ...{ admin_area_level_2: null, locality: city, sublocality: null, postal_code: postalCode },
    route: street.replace(/^\d+(?: bis)? | \d+(?:\/\d+)?$/, ""),
    street_number: before || after,
  };
}
