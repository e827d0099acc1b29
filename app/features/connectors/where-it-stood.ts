import { type ExpressionBuilder } from "kysely";
import "~/features/connectors/tables";
import { type Tables } from "~/platform/db/tables";

/** For `connectors.stood`, beside the state `needs-reconnecting`: said twice, the first holds. */
export function whereItStood(eb: ExpressionBuilder<Tables, "connectors">) {
  return eb
    .case()
    .when("connectors.state", "=", "needs-reconnecting")
    .then(eb.ref("connectors.stood"))
    .else(eb.ref("connectors.state"))
    .end();
}
