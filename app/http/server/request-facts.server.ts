import { randomBytes } from "node:crypto";
import { type Request, type RequestHandler, type Response } from "express";
import { type World } from "~/platform/world.server";
import { newId } from "~/platform/ids.server";
import { type Environment } from "~/platform/env.server";
import { type Log } from "~/platform/log.server";

/** What is known of a request before anybody looks at it. */
export interface RequestFacts {
  requestId: string;
  address: string | null;
  cspNonce: string;
  log: Log;
}

const NONCE_BYTES = 16;
const factsOf = new WeakMap<Response, RequestFacts>();

/** Gives each request its own id, nonce and log. An `X-Request-Id` of the client is not even read. */
export function requestFacts(world: World): RequestHandler {
  return (req, res, next) => {
    const requestId = newId();
    factsOf.set(res, {
      requestId,
      address: clientAddress(req, world.env),
      cspNonce: randomBytes(NONCE_BYTES).toString("base64"),
      log: world.log.child({ requestId }),
    });
    res.setHeader("X-Request-Id", requestId);
    next();
  };
}

export function facts(res: Response): RequestFacts {
  const found = factsOf.get(res);
  if (!found) throw new Error("requestFacts() must be the first middleware");
  return found;
}

/**
 * The client's address: `Fly-Client-IP` only on Fly, whose proxy sets it; elsewhere the address that the configured
 * number of proxies vouches for (Express counts `X-Forwarded-For` from the right). A forged header changes nothing.
 */
function clientAddress(req: Request, env: Environment): string | null {
  const fly = env.onFly ? req.get("Fly-Client-IP") : undefined;
  return (fly ?? req.ip ?? null)?.replace(/^::ffff:/, "") ?? null;
}
