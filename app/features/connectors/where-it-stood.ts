/**
 * `connectors.stood` says where a connector goes on that something holds up (`asking`, `needs-reconnecting`): the state it
 * was found in, whichever came first. Nothing else does. Where nothing holds it up, it is null.
 */
import { type ExpressionBuilder } from "kysely";
import { type ConnectorState } from "~/features/connectors/connector-state";
import "~/features/connectors/tables";
import { type Tables } from "~/platform/db/tables";

/** For the column, beside a state that holds the connector up. */
export function whereItStood(eb: ExpressionBuilder<Tables, "connectors">) {
  return eb
    .case()
    .when("connectors.state", "in", ["asking", "needs-reconnecting"])
    .then(eb.ref("connectors.stood"))
    .else(eb.ref("connectors.state"))
    .end();
}

export interface Standing {
  state: ConnectorState;
  stood: ConnectorState | null;
  /** What a brake asked, and nobody has answered. */
  asking: string | null;
}

/** Where a connector stands that is reached again: before its question, where one is open. */
export function reachedAgain({ state, stood, asking }: Standing): Pick<Standing, "state" | "stood"> {
  if (state !== "needs-reconnecting") return { state, stood };
  return asking === null ? { state: stood ?? "setting-up", stood: null } : { state: "asking", stood };
}
