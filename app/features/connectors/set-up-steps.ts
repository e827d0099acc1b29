/** Setting a connector up: each step is a page of its own, so that a closed tab loses nothing. The first has made it. */
const setUpSteps = [
  { path: "connection", label: "Connect" },
  { path: "fields", label: "What to read" },
  { path: "mapping", label: "Where it goes" },
  { path: "rules", label: "How it is written" },
  { path: "schedule", label: "When" },
  { path: "trial", label: "Trial" },
] as const;

export type SetUpStep = (typeof setUpSteps)[number]["path"];

/** What `Steps` shows. `base`: the connector's page, without a slash at the end. */
export function stepsOf(base: string, step: SetUpStep): { steps: { label: string; href: string }[]; current: number } {
  return {
    steps: setUpSteps.map(({ path, label }) => ({ label, href: `${base}/${path}` })),
    current: setUpSteps.findIndex(({ path }) => path === step),
  };
}
