/** Every exported function of the features, and of the files, that takes an account's scope. */
import ts from "typescript";

const sources = import.meta.glob<string>(
  ["/app/features/**/*.server.ts", "/app/platform/files.server.ts", "/app/platform/sweep-files.server.ts"],
  { query: "?raw", import: "default" },
);
const modules = import.meta.glob<Record<string, unknown>>([
  "/app/features/**/*.server.ts",
  "/app/platform/files.server.ts",
  "/app/platform/sweep-files.server.ts",
]);

type Parameters = readonly ts.ParameterDeclaration[];

/** Names declared at the top level, with the parameters of those that are functions. */
function parametersOf(source: string): Map<string, Parameters> {
  const found = new Map<string, Parameters>();
  for (const statement of ts.createSourceFile("source.ts", source, ts.ScriptTarget.ES2022).statements) {
    if (ts.isFunctionDeclaration(statement) && statement.name) found.set(statement.name.text, statement.parameters);
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      const isFunction = initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer));
      if (isFunction && ts.isIdentifier(name)) found.set(name.text, initializer.parameters);
    }
  }
  return found;
}

/** `Scope` by itself or in a union, a `Pick` or an object; `InstallationScope` is another list's matter. */
function takesScope(parameters: Parameters, source: string): boolean {
  return parameters.some(({ type }) => type && /\bScope\b/.test(source.slice(type.pos, type.end)));
}

/** By file without its ending, e.g. `features/contacts/tags` → ["linkTags", "listTags"]. */
export async function scopeFunctions(): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const [path, load] of Object.entries(modules)) {
    const source = (await sources[path]?.()) ?? "";
    const parameters = parametersOf(source);
    const names = Object.entries(await load())
      .filter(([name, value]) => typeof value === "function" && takesScope(parameters.get(name) ?? [], source))
      .map(([name]) => name);
    if (names.length > 0) found[path.replace(/^\/app\/|\.server\.ts$/g, "")] = names.sort();
  }
  return found;
}
