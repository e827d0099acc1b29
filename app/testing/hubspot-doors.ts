import { hubspot } from "~/features/connectors/providers/hubspot/hubspot";
import { type Doors } from "~/features/connectors/runs/doors";
import { connectTo } from "~/testing/connect-to";

/** The way to HubSpot's stand-in at this address. */
export function hubspotDoors(url: string): Doors {
  return {
    providers: new Map([[hubspot.id, hubspot]]),
    connect: (scope, _id, signal) =>
      Promise.resolve({ ...connectTo({ bases: { api: url } }), signal, now: () => scope.clock.now() }),
  };
}
