/** Setting a reconciliation up: each step is a page of its own, so that a closed tab loses nothing. */
const setUpSteps = [
  { path: "sources", label: "Sources" },
  { path: "time-and-money", label: "Time and money" },
  { path: "ids", label: "Order numbers" },
  { path: "left-out", label: "Left out" },
  { path: "schedule", label: "When" },
] as const;

export type SetUpStep = (typeof setUpSteps)[number]["path"];

/** What `Steps` shows. `base`: the reconciliation's page, without a slash at the end. */
export function stepsOf(base: string, step: SetUpStep): { steps: { label: string; href: string }[]; current: number } {
  return {
    steps: setUpSteps.map(({ path, label }) => ({ label, href: `${base}/${path}` })),
    current: setUpSteps.findIndex(({ path }) => path === step),
  };
}

/** The same pages, as the parts of its settings once it is set up. */
export function settingTabs(base: string, step: SetUpStep): { label: string; href: string; current: boolean }[] {
  return setUpSteps.map(({ path, label }) => ({ label, href: `${base}/${path}`, current: path === step }));
}
