/**
 * What Odoo means when it refuses. Over JSON-RPC every error has status 200; the newer API has statuses. Both name the
 * exception. What it says for programmers ("debug") is told to nobody.
 */
import { GrantEnded, type Json, OutOfOrder, Trouble } from "~/features/connectors/connector";
import { isObject, type Refusal, type Speaker } from "~/features/connectors/reading/answers";

/** There is nothing at an address. */
export class NotThere extends Trouble {}

export const odoo: Speaker = { name: "Odoo", troubleOf, wordsOf: () => null };

interface OdooError {
  /** Of the exception, without its modules: "AccessDenied". */
  name: string;
  message: string;
}

function errorOf(body: Json | undefined): OdooError {
  const { name, message } = isObject(body) ? body : {};
  return {
    name: typeof name === "string" ? (name.split(".").at(-1) ?? "") : "",
    message: typeof message === "string" ? message : "",
  };
}

export function keyRefused(): GrantEnded {
  return new GrantEnded(
    "Odoo does not accept the API key: it has run out, was removed, or belongs to another user or database. Enter a new one.",
  );
}

const MOST_WORDS = 200;

/** Its own words, of which the first line is for people. */
function said(message: string): string {
  const words = (message.trim().split("\n")[0] ?? "").slice(0, MOST_WORDS);
  return words === "" ? "" : ` Odoo says: “${words}”`;
}

function forbidden({ message }: OdooError): Trouble {
  return new Trouble(`The owner of the API key may not read contacts in Odoo.${said(message)}`);
}

function wrongRequest({ message }: OdooError): Trouble {
  return new Trouble(
    `Odoo refused what it was asked for. If it was changed or updated lately, choose the fields again.${said(message)}`,
  );
}

const byName: Readonly<Record<string, (error: OdooError) => Trouble>> = {
  AccessDenied: keyRefused,
  Unauthorized: keyRefused,
  SessionExpiredException: keyRefused,
  AccessError: forbidden,
  Forbidden: forbidden,
  UserError: wrongRequest,
  ValidationError: wrongRequest,
  ValueError: wrongRequest,
  KeyError: wrongRequest,
  UnprocessableEntity: wrongRequest,
};

function noDatabase(): Trouble {
  return new Trouble("Odoo has no database of that name at this address. Look it up and correct it in the settings.");
}

function ofName(error: OdooError): Trouble | null {
  if (/database .* does not exist|database not found/i.test(error.message)) return noDatabase();
  return byName[error.name]?.(error) ?? null;
}

/** `error` of an answer over JSON-RPC. */
export function rpcTrouble(error: Json): Trouble {
  const { code, data } = isObject(error) ? error : {};
  if (code === 404) return new NotThere("There is no such thing in this Odoo.");
  if (code === 100) return keyRefused();
  return ofName(errorOf(data)) ?? new OutOfOrder("Odoo is out of order at the moment. It is tried again by itself.");
}

function troubleOf({ status, body }: Refusal): Trouble | null {
  if (status === 401) return keyRefused();
  const error = errorOf(body);
  if (status === 404) return ofName(error) ?? new NotThere("There is no Odoo at this address, or not all of it.");
  return status >= 500 || status === 429 ? null : ofName(error);
}
