/** An order of a shop as cells. Amounts have as many decimals as the shop is set to: so it rounded them. */
import { type Json, type JsonObject } from "~/features/connectors/connector";
import { isObject } from "~/features/connectors/reading/answers";

type Cell = readonly [column: string, text: string];

export function cellsOf(payload: JsonObject): ReadonlyMap<string, string> {
  const cells = Object.entries(payload).flatMap(
    ([field, value]): Cell[] => own[field]?.(value) ?? [[field, textOf(value)]],
  );
  return new Map(cells.filter(([, text]) => text !== ""));
}

/** Fields that are more than a text. */
const own: Readonly<Record<string, (value: Json) => Cell[]>> = {
  total: (value) => [
    ["total", textOf(of(value, "total"))],
    ["currency", textOf(of(value, "currency")).toUpperCase()],
  ],
  refunds: (value) => [["refunds", givenBack(value)]],
  payment_method: (value) => [
    ["payment_method", textOf(of(value, "title")) || textOf(of(value, "code"))],
    ["payment_method.code", textOf(of(value, "code"))],
  ],
  created_via: (value) => [["created_via", channelOf(textOf(value))]],
  status: (value) => [
    ["standing", standingOf(textOf(of(value, "status")), of(value, "paid") !== null, textOf(of(value, "mode")))],
    ["status", textOf(of(value, "status"))],
  ],
};

function of(value: Json, name: string): Json {
  return isObject(value) ? (value[name] ?? null) : null;
}

function textOf(value: Json): string {
  return value === null || typeof value === "object" ? "" : String(value).trim();
}

/** What the shop calls it, where ours has no word: a marketplace's own name, "rest-api" of any program. */
const channels: Readonly<Record<string, string>> = {
  checkout: "web",
  "store-api": "web",
  admin: "draft",
  subscription: "subscription",
  "pos-rest-api": "pos",
  "point-of-sale": "pos",
};

function channelOf(createdVia: string): string {
  return channels[createdVia] ?? createdVia;
}

const testModes: ReadonlySet<string> = new Set(["test", "sandbox"]);
/** Not placed yet, or nothing came of it; `on-hold` waits for a transfer. */
const waiting: ReadonlySet<string> = new Set(["pending", "failed", "on-hold", "checkout-draft", "auto-draft", "draft"]);

function standingOf(status: string, isPaid: boolean, mode: string): string {
  if (testModes.has(mode.toLowerCase())) return "test";
  if (isPaid) return "sale";
  if (status === "cancelled") return "cancelled-before-capture";
  return waiting.has(status) ? "not-paid" : "sale";
}

const amount = /^[+-]?\d+(?:\.\d*)?$/;

/** Refunds have a minus before them. Added up as whole numbers of the smallest decimal there is. */
function givenBack(value: Json): string {
  const refunds = Array.isArray(value) ? (value as readonly Json[]) : [];
  const amounts = refunds.map((refund) => textOf(of(refund, "total"))).filter((text) => amount.test(text));
  if (amounts.length === 0) return "";
  const decimals = Math.max(...amounts.map((text) => (text.split(".")[1] ?? "").length));
  const back = -amounts.reduce((all, text) => all + smallest(text, decimals), 0n);
  const digits = (back < 0n ? -back : back).toString().padStart(decimals + 1, "0");
  const [whole, rest] = [digits.slice(0, digits.length - decimals), digits.slice(digits.length - decimals)];
  return `${back < 0n ? "-" : ""}${whole}${rest === "" ? "" : `.${rest}`}`;
}

function smallest(text: string, decimals: number): bigint {
  const [whole = "0", fraction = ""] = text.replace(/^[+-]/, "").split(".");
  const minor = BigInt(whole + fraction.padEnd(decimals, "0"));
  return text.startsWith("-") ? -minor : minor;
}
