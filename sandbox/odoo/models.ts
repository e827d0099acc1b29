/** The models of an Odoo, as far as they are read: what a method answers to its named arguments. */
import { sampleTags } from "../frame/people";
import { type PageTrouble } from "../frame/stand-in";
import { type Known, type World } from "../frame/world";
import { type Fits, idBounds, names, readDomain } from "./domain";
import { fieldsIn } from "./fields";
import { keyOf, type OdooPartner, type Row, rowOf } from "./partners";

/** An exception as Odoo would raise it. */
export class OdooException extends Error {
  constructor(
    /** With its modules. */
    readonly exception: string,
    message: string,
    readonly status = 422,
  ) {
    super(message);
  }
}

export interface Database {
  partners: World<OdooPartner>;
  version(): number;
  company: string;
  /** The last page, for when the next is to be the same. */
  last: unknown;
}

export interface Args {
  domain?: (string | [string, string, unknown])[];
  fields?: string[];
  offset?: number;
  limit?: number;
  order?: string;
  attributes?: string[];
  context?: { active_test?: boolean };
}

type Method = (database: Database, args: Args, trouble: PageTrouble) => unknown;

const models: Readonly<Record<string, Readonly<Record<string, Method>>>> = {
  "res.partner": {
    search_read: (database, args, trouble) => paged(database, trouble, () => found(database, args).map(shown(args))),
    search: (database, args) => found(database, args).map(({ values }) => values.id),
    search_count: (database, args) => found(database, { ...args, limit: undefined }).length,
    fields_get: ({ version }, { attributes = [] }) =>
      Object.fromEntries(
        Object.entries(fieldsIn(version())).map(([name, facts]) => [
          name,
          Object.fromEntries(Object.entries({ name, ...facts }).filter(([fact]) => attributes.includes(fact))),
        ]),
      ),
  },
  "res.partner.category": {
    search_read: (_database, { domain = [] }) => {
      const { behind } = idBounds(domain);
      return sampleTags.map((name, index) => ({ id: index + 1, display_name: name })).filter(({ id }) => id > behind);
    },
  },
  "res.company": { search_read: ({ company }) => [{ id: 1, name: company }] },
};

export function answer(database: Database, asked: { model: string; method: string; args: Args }, trouble: PageTrouble) {
  const { model, method, args } = asked;
  const known = models[model];
  if (!known) throw new OdooException("werkzeug.exceptions.NotFound", `the model '${model}' does not exist`, 404);
  const answering = known[method];
  if (!answering) {
    throw new OdooException("werkzeug.exceptions.NotFound", `the method '${model}.${method}' does not exist`, 404);
  }
  return answering(database, args, trouble);
}

function paged(database: Database, trouble: PageTrouble, page: () => unknown[]): unknown {
  if (database.last !== null && trouble.takes("repeated-page")) return database.last;
  const rows = page();
  database.last = trouble.takes("duplicate-page") ? [...rows, ...rows] : rows;
  return database.last;
}

const shown =
  ({ fields = [] }: Args) =>
  ({ values }: Row) =>
    Object.fromEntries(["id", ...fields].map((field) => [field, values[field] ?? false]));

/** Archived ones are left out, unless the context or the domain says otherwise. */
function found(database: Database, args: Args): Row[] {
  const { domain = [], fields = [], offset = 0, limit = Infinity, order } = args;
  const isKnown = knownIn(database.version());
  const wrong = fields.find((field) => !isKnown(field));
  if (wrong) throw new OdooException("builtins.ValueError", `Invalid field '${wrong}' on model 'res.partner'`);
  const most = order === "id asc" ? offset + limit : Infinity;
  const rows: Row[] = [];
  for (const row of fitting(database, args, readDomain(domain, isKnown))) {
    if (rows.push(row) === most) break;
  }
  return rows.slice(offset, offset + limit);
}

function* fitting(database: Database, { domain = [], context }: Args, fits: Fits): Generator<Row> {
  const { partners, version } = database;
  const seesAll = context?.active_test === false || names(domain, "active");
  const children = childrenOf(database);
  for (const one of candidates(partners, domain)) {
    const row = rowOf(partners, one, version());
    if ((seesAll || one.item.active) && fits(row, () => children(one.key))) yield row;
  }
}

function knownIn(version: number): (field: string) => boolean {
  const known = fieldsIn(version);
  return (field) => field === "id" || field in known;
}

function* candidates(partners: World<OdooPartner>, domain: NonNullable<Args["domain"]>): Generator<Known<OdooPartner>> {
  const { behind, among } = idBounds(domain);
  const keys = among ? among.map(keyOf) : partners.keys(Math.max(0, keyOf(behind)));
  for (const key of keys) {
    const one = partners.get(key);
    if (one) yield one;
  }
}

/** Looked through once, when it is first asked for. */
function childrenOf({ partners, version }: Database): (parent: number) => Row[] {
  let byParent: Map<number, Row[]> | null = null;
  return (parent) => {
    byParent ??= new Map();
    if (byParent.size === 0) {
      for (const key of partners.keys()) {
        const one = partners.get(key);
        const to = one?.item.parent;
        if (one && to != null) byParent.set(to, [...(byParent.get(to) ?? []), rowOf(partners, one, version())]);
      }
    }
    return byParent.get(parent) ?? [];
  };
}
