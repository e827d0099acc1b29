import { badRequest } from "~/http/answers.server";

/** More fields than any of our forms can have; zod and conform would take their time over a million. */
const MAX_FIELDS = 2_000;
const MAX_NAME_LENGTH = 200;
/** Conform reads `a.b[0]` as a path: none of its steps may reach an object's prototype. */
const reservedSteps = new Set(["__proto__", "constructor", "prototype"]);

function isReadableName(name: string): boolean {
  return name.length <= MAX_NAME_LENGTH && !name.split(/[.[\]]/).some((step) => reservedSteps.has(step));
}

/** The fields of a posted form. A broken body, too many fields or a name like `__proto__` is a 400. */
export async function readForm(request: Request): Promise<FormData> {
  const form = await request.formData().catch(() => badRequest());
  const names = [...form.keys()];
  if (names.length > MAX_FIELDS || !names.every(isReadableName)) badRequest();
  return form;
}

/** The text of a field that may stand once: "" when it is missing, 400 when it is doubled or a file. */
export function onlyText(form: FormData, name: string): string {
  const values = form.getAll(name);
  const [value = ""] = values;
  if (values.length > 1 || typeof value !== "string") badRequest();
  return value;
}
