/** Holds a value against a JSON Schema, as far as the specifications of providers go. */
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

export interface Schema {
  type?: string;
  $ref?: string;
  properties?: Readonly<Record<string, Schema>>;
  items?: Schema;
  required?: readonly string[];
  additionalProperties?: boolean | Schema;
}

/** A file of the specifications kept beside the repository; null where they are not. */
export function specification(path: string): string | null {
  const file = resolve(process.cwd(), "../shared/specs", path);
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}

/** What is wrong, each with its place; empty where nothing is. */
export function problemsOf(value: unknown, schema: Schema, definitions: Readonly<Record<string, Schema>>): string[] {
  const problems: string[] = [];
  const check = (value: unknown, schema: Schema, at: string): void => {
    if (schema.$ref) {
      const named = definitions[schema.$ref.replace("#/definitions/", "")];
      return named ? check(value, named, at) : void problems.push(`${at}: no schema ${schema.$ref}`);
    }
    if (schema.type && typeOf(value) !== schema.type) {
      return void problems.push(`${at}: ${typeOf(value)} instead of ${schema.type}`);
    }
    if (Array.isArray(value)) value.forEach((each, place) => check(each, schema.items ?? {}, `${at}[${place}]`));
    else if (typeof value === "object" && value !== null) checkObject(value, schema, at);
  };
  const checkObject = (value: object, { properties = {}, required = [], additionalProperties }: Schema, at: string) => {
    for (const name of required) if (!(name in value)) problems.push(`${at}: no ${name}`);
    for (const [name, each] of Object.entries(value)) {
      const known = properties[name];
      if (known) check(each, known, `${at}.${name}`);
      else if (typeof additionalProperties === "object") check(each, additionalProperties, `${at}.${name}`);
      else if (additionalProperties === false) problems.push(`${at}: ${name} is not known`);
    }
  };
  check(value, schema, "$");
  return problems;
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value;
}
