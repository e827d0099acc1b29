/** Connectors about which somebody has to do something, for the home page: read along with another statement. */
import { type Expression, expressionBuilder } from "kysely";
import { type Trouble } from "~/features/connectors/troubled-words";
import "~/features/connectors/tables";
import { fromJson } from "~/platform/db/json.server";
import { packRows } from "~/platform/db/pack-rows";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

const MOST_SHOWN = 4;

export interface Troubled {
  /** By name. */
  connectors: { id: string; name: string; trouble: Trouble }[];
  /** Whether there are more than these. */
  isMore: boolean;
}

const parts = expressionBuilder<Tables, never>();

/**
 * Those that have to be connected again, that a brake has stopped, and that are on though their last run failed. Who has
 * disconnected or paused one knows. For `readTroubled`.
 */
export function troubledConnectors(scope: Scope): Expression<string | null> {
  const troubled = parts
    .selectFrom((eb) =>
      eb
        .selectFrom("connectors")
        .select(["id", "name", "state"])
        .where("account_id", "=", scope.account.id)
        .where("deleted_at", "is", null)
        .where((eb) =>
          eb.or([
            eb("state", "=", "asking"),
            eb.and([eb("state", "=", "needs-reconnecting"), eb("disconnected_at", "is", null)]),
            eb.and([eb("state", "=", "on"), eb("trouble", "=", "failed")]),
          ]),
        )
        .orderBy("name")
        .orderBy("id")
        .limit(MOST_SHOWN + 1)
        .as("troubled"),
    )
    .select((eb) => {
      const packed = (["id", "name", "state"] as const).map((column) => eb.ref(`troubled.${column}`));
      return packRows(scope.database.dialect, packed).as("troubled");
    });
  return parts.parens(troubled as unknown as Expression<string | null>);
}

export function readTroubled(text: string | null | undefined, locale: string): Troubled {
  const rows = text ? fromJson<[id: string, name: string, state: Exclude<Trouble, "failed"> | "on"][]>(text) : [];
  const connectors = rows
    .map(([id, name, state]) => ({ id, name, trouble: state === "on" ? ("failed" as const) : state }))
    .sort((one, other) => one.name.localeCompare(other.name, locale) || (one.id < other.id ? -1 : 1));
  return { connectors: connectors.slice(0, MOST_SHOWN), isMore: connectors.length > MOST_SHOWN };
}
