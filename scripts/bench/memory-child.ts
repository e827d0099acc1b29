/** Imports whose memory is measured, for import.memory: in a process of its own, told which database and which files. */
import { measurePeak } from "./memory";

process.env.NODE_ENV = "production";
const [database, ...files] = process.argv.slice(2);
process.send?.(await measurePeak(database === "postgres" ? "postgres" : "sqlite", files));
process.disconnect?.();
