/** How states and phases of a comparison's run are called. */
export const runStates = {
  queued: "Waits for its turn",
  running: "Compares",
  done: "Done",
  failed: "Failed",
  cancelled: "Cancelled",
} as const;
