/** Orders by Shopify's search syntax, as far as times and numbers go: shopify.dev/docs/api/usage/search-syntax. */
import { type World } from "../frame/world";
import { refusal } from "./admin-schema";
import { numberOf, placedAtOf, type SampleOrder } from "./orders";

const term = /^(processed_at|created_at|updated_at|id):(>=|>|<=|<)'?([^']+)'?$/;

/** Which numbers it lets through. @throws GraphQLError for what it does not understand: stricter than Shopify */
export function searchOf(world: World<SampleOrder>, query: string | null | undefined): (key: number) => boolean {
  const tests = (query ?? "")
    .split(" AND ")
    .filter(Boolean)
    .map((text) => testOf(world, text));
  return (key) => tests.every((test) => test(key));
}

function testOf(world: World<SampleOrder>, text: string): (key: number) => boolean {
  const [, field = "", sign = "", value = ""] = term.exec(text) ?? [];
  const limit = field === "id" ? Number(value) : Date.parse(value);
  if (field === "" || Number.isNaN(limit)) throw refusal(`Invalid search field or value: ${text}`);
  const of = valueOf(world, field);
  return (key) => compared(of(key), sign, limit);
}

/** Times in whole seconds, as they are shown. */
function valueOf(world: World<SampleOrder>, field: string): (key: number) => number {
  const second = (at: number) => Math.floor(at / 1000) * 1000;
  if (field === "id") return numberOf;
  if (field === "updated_at") return (key) => second(world.changedAt(key));
  return (key) => {
    const known = world.get(key);
    return known ? second(placedAtOf(known)) : 0;
  };
}

function compared(value: number, sign: string, limit: number): boolean {
  if (sign.startsWith(">")) return value > limit || (sign === ">=" && value === limit);
  return value < limit || (sign === "<=" && value === limit);
}
