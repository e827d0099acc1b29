/** How a connector stands. `asking`: a brake has stopped it until somebody answers. */
export const connectorStates = ["setting-up", "on", "paused", "needs-reconnecting", "asking"] as const;
export type ConnectorState = (typeof connectorStates)[number];

/** As people see it: one that somebody here disconnected waits to be connected again, too, and nothing is wrong with it. */
export type ShownState = ConnectorState | "disconnected";

export function shownState({
  state,
  disconnectedAt,
}: {
  state: ConnectorState;
  disconnectedAt: string | null;
}): ShownState {
  return state === "needs-reconnecting" && disconnectedAt !== null ? "disconnected" : state;
}
