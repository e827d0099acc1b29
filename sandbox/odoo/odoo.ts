/**
 * A stand-in for an Odoo server of version 16 to 19, as far as partners are read from it: over JSON-RPC, where errors
 * have status 200, and from 19 on over JSON-2, too.
 */
import {
  type Asked,
  type PageTrouble,
  type Reply,
  type StandIn,
  type StandInOptions,
  startStandIn,
} from "../frame/stand-in";
import { type World } from "../frame/world";
import { answer, type Args, type Database, OdooException } from "./models";
import { idOf, type OdooPartner, partnersOf } from "./partners";
import { isRpc, manners, page, refused, tried, UNAUTHORISED } from "./refusals";
import { rpcReply } from "./rpc";

export type OdooVersion = 16 | 17 | 18 | 19;

/** What one signs in with. */
export interface OdooAccess {
  database: string;
  user: string;
  key: string;
}

export interface OdooStandIn extends StandIn {
  partners: World<OdooPartner>;
  access: OdooAccess;
  version: OdooVersion;
  companyId(number: number): string;
  /** Numbers of people begin with 1, as those of companies. */
  contactId(number: number): string;
  /** Of a person among the partners. */
  contactKey(number: number): number;
  /** Its JSON-RPC was switched off. */
  hasNoRpc: boolean;
  /** Answers over JSON-RPC with an error of its database, as a server does that is too busy. */
  isBusy: boolean;
}

export interface OdooOptions extends Omit<StandInOptions, "clock" | "isValid" | "looksItself"> {
  version?: OdooVersion;
  companies?: number;
  contacts?: number;
  addresses?: number;
  access?: Partial<OdooAccess>;
  company?: string;
}

export interface Server extends Pick<OdooStandIn, "access" | "version" | "hasNoRpc" | "isBusy"> {
  database: Database;
}

export async function startOdoo({
  version = 17,
  companies = 12,
  contacts = 40,
  addresses = 6,
  company = "Hale & Partners",
  access = {},
  ...options
}: OdooOptions = {}): Promise<OdooStandIn> {
  const partners = partnersOf({ companies, contacts, addresses });
  const server: Server = {
    database: { partners, company, last: null, version: () => server.version },
    access: { database: "hale-partners", user: "office@hale-partners.example", key: "f".repeat(40), ...access },
    ...{ version, hasNoRpc: false, isBusy: false },
  };
  const reply = (asked: Asked, trouble: PageTrouble) => replyTo(server, asked, trouble);
  const standIn = await startStandIn(
    reply,
    manners(() => server.access.user),
    {
      ...{ ...options, clock: partners.clock, looksItself: true },
    },
  );
  return Object.assign(server, standIn, {
    ...{ partners, companyId: (key: number) => String(idOf(key)) },
    contactId: (key: number) => String(idOf(companies + key)),
    contactKey: (key: number) => companies + key,
  });
}

function replyTo(server: Server, asked: Asked, trouble: PageTrouble): Reply {
  if (isRpc(asked)) return server.hasNoRpc ? page(404, "Not Found") : rpcReply(server, asked, trouble);
  return server.version < 19 ? page(404, "Not Found") : newReply(server, asked, trouble);
}

function newReply(server: Server, asked: Asked, trouble: PageTrouble): Reply {
  const { path, method } = asked;
  if (path === "/web/version") {
    const version_info = [server.version, 0, 0, "final", 0, ""];
    return { status: 200, body: { version_info, version: `${server.version}.0` } };
  }
  const [, model = "", called = ""] = /^\/json\/2\/([\w.]+)\/(\w+)$/.exec(path) ?? [];
  if (model === "" || method !== "POST") return page(404, "Not Found");
  return json2Reply(server, { model, method: called, asked }, trouble);
}

interface Called {
  model: string;
  method: string;
  asked: Asked;
}

function json2Reply(server: Server, { model, method, asked }: Called, trouble: PageTrouble): Reply {
  const { access, database } = server;
  const [, key] = /^bearer (.+)$/i.exec(asked.headers.authorization ?? "") ?? [];
  if (key !== access.key) {
    return refused(new OdooException(UNAUTHORISED, "Invalid apikey", 401));
  }
  const named = asked.headers["x-odoo-database"];
  if (named !== undefined && named !== access.database) {
    return refused(new OdooException("werkzeug.exceptions.NotFound", "database not found", 404));
  }
  return tried(
    () => ({ status: 200, body: answer(database, { model, method, args: JSON.parse(asked.body) as Args }, trouble) }),
    refused,
  );
}
