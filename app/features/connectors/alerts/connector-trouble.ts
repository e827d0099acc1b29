/** What may be wrong with a connector that somebody should know. */
export type ConnectorTrouble = "failed" | "attention" | "asking" | "needs-reconnecting";
