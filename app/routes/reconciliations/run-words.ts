/** How states and phases of a comparison's run are called. */
export const runStates = {
  queued: "Waits for its turn",
  running: "Compares",
  done: "Done",
  failed: "Failed",
  cancelled: "Cancelled",
} as const;

export const phases = {
  waiting: "It waits for its turn.",
  transactions: "It reads what was tracked.",
  orders: "It reads the orders.",
  comparing: "It compares them.",
  writing: "It writes down what it found.",
} as const;
