/** What whoever runs this installation has said of a tap: nobody else chooses what is started here. */

export interface AllowedTap {
  /** `tap-…`: also what its provider is called in addresses and in the database. */
  id: string;
  /** As people call it. */
  label: string;
  /** What is started, and its first arguments: `["/opt/tap-xero/bin/tap-xero"]`, `["meltano", "invoke", "tap-xero"]`. */
  run: readonly string[];
  /** Where it is started; absent: in its private folder. */
  folder?: string;
  /** All of its environment but for what every program needs. */
  environment?: Readonly<Record<string, string>>;
  /** What people fill in for it. Absent: all of its configuration as one text of JSON. */
  settings?: readonly TapSetting[];
  /** How it is told what to read; old taps know `--properties` only. */
  catalogOption?: "--catalog" | "--properties";
}

export interface TapSetting {
  /** As the tap calls it. */
  name: string;
  label?: string;
  hint?: string;
  secret?: boolean;
  /** What stands in its configuration; absent: text. */
  kind?: "text" | "number" | "boolean" | "json";
  optional?: boolean;
  initial?: string;
}

export interface TapLimits {
  /** So long it may say nothing at all. */
  silenceMs: number;
  /** Between being asked to end and being ended. */
  graceMs: number;
  /** Of one message. */
  mostLineBytes: number;
  /** Of one page. */
  mostRecords: number;
  mostPageBytes: number;
}

export const usualLimits: TapLimits = {
  silenceMs: 10 * 60_000,
  graceMs: 5_000,
  mostLineBytes: 16_000_000,
  mostRecords: 1_000,
  mostPageBytes: 8_000_000,
};
