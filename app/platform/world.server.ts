import { type Clock } from "~/platform/clock.server";
import { type Database } from "~/platform/db/database.server";
import { type Keys } from "~/platform/encryption.server";
import { type Environment } from "~/platform/env.server";
import { type Log } from "~/platform/log.server";

/** What a process has, made once at its start and handed down: nothing reaches for any of it in another way. */
export interface World {
  env: Environment;
  /** Signing and encryption, from the environment's secrets. */
  keys: Keys;
  log: Log;
  database: Database;
  clock: Clock;
}
