/** How a connector stands. `asking`: a brake has stopped it until somebody answers. */
export const connectorStates = ["setting-up", "on", "paused", "needs-reconnecting", "asking"] as const;
export type ConnectorState = (typeof connectorStates)[number];
