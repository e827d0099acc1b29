import { type Environment } from "~/platform/env.server";

/** What of the environment connectors are reached with. */
export type AccessWorld = Pick<Environment, "appOrigin" | "providers">;
