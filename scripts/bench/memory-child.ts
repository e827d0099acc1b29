/** One import whose memory is measured, for import.memory: a process of its own, told which database and how many rows. */
import { measurePeak } from "./memory";

const [database, rows] = process.argv.slice(2);
process.env.NODE_ENV = "production";
process.send?.(await measurePeak(database === "postgres" ? "postgres" : "sqlite", Number(rows)));
process.disconnect?.();
