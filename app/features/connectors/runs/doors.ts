import { type Connection, type Provider } from "~/features/connectors/connector";
import { type Scope } from "~/platform/scope.server";

/** What a run needs to get at what it reads. */
export interface Doors {
  /** By id. */
  providers: ReadonlyMap<string, Provider>;
  /** @throws Trouble */
  connect(scope: Scope, connectorId: string, signal: AbortSignal): Promise<Connection>;
}
