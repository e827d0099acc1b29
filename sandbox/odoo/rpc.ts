/** JSON-RPC, as Odoo has had it for long: every answer has status 200. */
import { type Asked, type PageTrouble, type Reply } from "../frame/stand-in";
import { answer, type Args, OdooException } from "./models";
import { type Server } from "./odoo";
import { accessDenied, rpcError, tried } from "./refusals";

const UID = 7;

interface RpcCall {
  id: number;
  params: { service: string; method: string; args: unknown[] };
}

export function rpcReply(server: Server, asked: Asked, trouble: PageTrouble): Reply {
  const { id, params } = JSON.parse(asked.body) as RpcCall;
  return tried(
    () => ({ status: 200, body: { jsonrpc: "2.0", id, result: resultOf(server, params, trouble) } }),
    (error) => rpcError(asked, error),
  );
}

function resultOf(server: Server, { service, method, args }: RpcCall["params"], trouble: PageTrouble): unknown {
  if (service === "common" && method === "version") return versionFacts(server);
  if (server.isBusy) throw new OdooException("psycopg2.errors.SerializationFailure", "could not serialize access");
  checkDatabase(server, args[0]);
  if (service === "common" && method === "authenticate") return uidOf(server, args);
  if (service === "object" && method === "execute_kw") return executed(server, args, trouble);
  throw new OdooException("builtins.NameError", `Method not available ${method}`, 404);
}

function versionFacts({ version }: Server): object {
  const info = [version, 0, 0, "final", 0, ""];
  const text = `${version}.0`;
  return { server_version: text, server_version_info: info, server_serie: text, protocol_version: 1 };
}

function checkDatabase({ access }: Server, named: unknown): void {
  if (named === access.database) return;
  throw new OdooException("psycopg2.OperationalError", `FATAL:  database "${String(named)}" does not exist`);
}

/** Who cannot sign in gets `false`, and no error. */
function uidOf({ access }: Server, [, user, key]: unknown[]): number | false {
  return user === access.user && key === access.key ? UID : false;
}

function executed({ access, database }: Server, args: unknown[], trouble: PageTrouble): unknown {
  const [, uid, key, model, method, , kwargs = {}] = args as [string, number, string, string, string, unknown[], Args];
  if (uid !== UID || key !== access.key) throw accessDenied();
  return answer(database, { model, method, args: kwargs }, trouble);
}
