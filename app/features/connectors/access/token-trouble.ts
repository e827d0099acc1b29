/** What the token endpoint refuses, in words for people and in kinds for the engine. */
import { type TokenRefusal } from "~/features/connectors/access/token-endpoint.server";
import { GrantEnded, OutOfOrder, type Provider, Throttled, Trouble } from "~/features/connectors/connector";

export function troubleOfRefusal({ name }: Pick<Provider, "name">, refusal: TokenRefusal): Trouble {
  switch (refusal.kind) {
    case "ended":
      return new GrantEnded(`${name} has to be connected again.`);
    case "later":
      return new Throttled(`${name} was asked too often. It is tried again later.`, refusal.waitMs);
    case "out-of-order":
      return new OutOfOrder(`${name} does not answer as it should at the moment. It is tried again later.`);
    case "client":
      return new Trouble(
        `${name} does not know this installation, or not by this secret (${refusal.code}). Whoever runs Tallybook has to put it right.`,
      );
    case "refused":
      return new Trouble(
        `${name} refused to renew the access${refusal.code ? ` (${refusal.code})` : ""}. Try again; if it stays so, connect again.`,
      );
  }
}
