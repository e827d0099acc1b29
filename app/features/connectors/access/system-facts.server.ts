/**
 * What a comparison has to know of a system: asked whenever it is connected or its connection is tested, as shops and
 * properties may be set otherwise later, and kept with the connector.
 */
import { z } from "zod";
import { type Connection, type Provider, type SystemFacts, Trouble } from "~/features/connectors/connector";
import "~/features/connectors/tables";
import { fromJson, toJson } from "~/platform/db/json.server";
import { type Scope } from "~/platform/scope.server";

export interface KeptFacts extends SystemFacts {
  /** When the system said so. */
  at: string;
}

/** Null: it says nothing of the kind, or could not just now; what it said before stays. */
export async function askFacts({ facts }: Provider, connection: Connection): Promise<KeptFacts | null> {
  if (!facts) return null;
  try {
    return { ...(await facts(connection)), at: connection.now() };
  } catch (error) {
    if (error instanceof Trouble) return null;
    throw error;
  }
}

export async function keepFacts(scope: Scope, connectorId: string, facts: KeptFacts): Promise<void> {
  await scope.db
    .updateTable("connectors")
    .set(factColumns(facts))
    .where("account_id", "=", scope.account.id)
    .where("id", "=", connectorId)
    .where("deleted_at", "is", null)
    .execute();
}

export function factColumns(facts: KeptFacts): { facts: string } {
  return { facts: toJson({ ...facts }) };
}

const shape = z.object({
  timeZone: z.string().nullable(),
  currency: z.string().nullable(),
  daysShown: z.number().nullable(),
  at: z.string(),
});

export function readFacts(kept: string | null): KeptFacts | null {
  return kept === null ? null : shape.parse(fromJson(kept));
}
