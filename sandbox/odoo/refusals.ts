/** How Odoo refuses: over JSON-RPC with status 200, and what a proxy in front of it says. */
import { type Asked, type Manners, type Reply } from "../frame/stand-in";
import { OdooException } from "./models";

export const page = (status: number, title: string): Reply => ({
  ...{ status, type: "text/html; charset=utf-8" },
  body: `<html><head><title>${status} ${title}</title></head><body><center>nginx</center></body></html>`,
});

/** @param userOf who asks */
export function manners(userOf: () => string): Manners {
  return {
    // A proxy in front of it answers, in its own way.
    throttled: () => page(429, "Too Many Requests"),
    failed: () => page(502, "Bad Gateway"),
    unauthorised: (asked) =>
      isRpc(asked) ? rpcError(asked, accessDenied()) : refused(new OdooException(UNAUTHORISED, "Invalid apikey", 401)),
    forbidden: (asked) => (isRpc(asked) ? rpcError(asked, accessError(userOf())) : refused(accessError(userOf()))),
  };
}

export const UNAUTHORISED = "werkzeug.exceptions.Unauthorized";
export const accessDenied = () => new OdooException("odoo.exceptions.AccessDenied", "Access Denied", 401);

function accessError(user: string): OdooException {
  return new OdooException(
    "odoo.exceptions.AccessError",
    `You are not allowed to access 'Contact' (res.partner) records.\n\nUser: ${user}`,
    403,
  );
}

export const isRpc = ({ path }: Asked) => path === "/jsonrpc";

/** Whoever asked does not see it: it must not be shown to anybody. */
const TRACEBACK = 'Traceback (most recent call last):\n  File "/opt/odoo/odoo/http.py", line 1764, in _serve_db\n';

const facts = ({ exception, message }: OdooException) => ({
  ...{ name: exception, message, arguments: [message], context: {} },
  debug: `${TRACEBACK}${exception}: ${message}\n`,
});

export function refused(error: OdooException): Reply {
  return { status: error.status, body: facts(error) };
}

/** Whatever went wrong: it has status 200. */
export function rpcError({ body }: Asked, error: OdooException): Reply {
  const { id } = JSON.parse(body) as { id: number };
  const isNotFound = error.status === 404;
  const told = isNotFound
    ? { code: 404, message: "404: Not Found", data: facts(error) }
    : { code: 200, message: "Odoo Server Error", data: facts(error) };
  return { status: 200, body: { jsonrpc: "2.0", id, error: told } };
}

/** What the work answers, or how it is refused. */
export function tried(work: () => Reply, refuse: (error: OdooException) => Reply): Reply {
  try {
    return work();
  } catch (error) {
    if (error instanceof OdooException) return refuse(error);
    if (error instanceof Error) return refuse(new OdooException("builtins.ValueError", error.message));
    throw error;
  }
}
