/** Readings whose memory is measured, for sync.memory: in a process of its own, told which database and how many contacts. */
import { measurePeak } from "./sync-memory";

process.env.NODE_ENV = "production";
const [database, contacts] = process.argv.slice(2);
process.send?.(await measurePeak(database === "postgres" ? "postgres" : "sqlite", Number(contacts)));
process.disconnect?.();
