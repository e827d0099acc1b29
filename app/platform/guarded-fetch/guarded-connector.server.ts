/**
 * Connections that lead to the public internet only. A name is resolved here, and none of its addresses may be another
 * network's; what was then connected to is looked at once more. So a name that changes its address between two look-ups
 * (DNS rebinding) gets no connection, and one that is reached in another way than by its name no request.
 */
import { isIP, type LookupFunction, type Socket } from "node:net";
import { buildConnector } from "undici";
import { isPublicAddress } from "~/platform/guarded-fetch/public-address";

/** All addresses of a name. */
export type Resolve = (host: string) => Promise<readonly string[]>;

class NotPublicError extends Error {
  override name = "NotPublicError";
}

/** @throws NotPublicError when one of its addresses is not public, or there is none. */
export async function resolvePublic(resolve: Resolve, host: string): Promise<readonly string[]> {
  const addresses = isIP(host) === 0 ? await resolve(host) : [host];
  if (addresses.length === 0 || !addresses.every(isPublicAddress)) throw new NotPublicError();
  return addresses;
}

function publicLookup(resolve: Resolve): LookupFunction {
  return (host, options, answer) => {
    resolvePublic(resolve, host).then(
      (addresses) => {
        const found = addresses.map((address) => ({ address, family: isIP(address) }));
        if (options.all) answer(null, found);
        else answer(null, found[0]?.address ?? "", found[0]?.family);
      },
      (error: Error) => answer(error, options.all ? [] : ""),
    );
  };
}

export interface ConnectorOptions {
  resolve: Resolve;
  /** `http://127.0.0.1:4801`: scheme, host and port of what may be connected to wherever it is. */
  allowedOrigins: ReadonlySet<string>;
  timeoutMs: number;
  /** How a connection is made, if not by name. */
  connect?: buildConnector.connector;
}

export function guardedConnector(options: ConnectorOptions): buildConnector.connector {
  const { resolve, allowedOrigins, timeoutMs: timeout } = options;
  const open = buildConnector({ timeout });
  const careful = options.connect ?? buildConnector({ timeout, lookup: publicLookup(resolve) } as never);
  return (to, answer) => {
    if (allowedOrigins.has(originOf(to))) return open(to, answer);
    careful(to, (...[error, socket]) => {
      if (error) return answer(error, null);
      if (isPublicPeer(socket)) return answer(null, socket);
      socket.destroy();
      answer(new NotPublicError(), null);
    });
  };
}

function isPublicPeer({ remoteAddress }: Socket): boolean {
  return remoteAddress !== undefined && isPublicAddress(remoteAddress);
}

function originOf({ protocol, hostname, port }: buildConnector.Options): string {
  const host = isIP(hostname) === 6 ? `[${hostname}]` : hostname;
  return new URL(`${protocol}//${host}${port ? `:${port}` : ""}`).origin;
}
