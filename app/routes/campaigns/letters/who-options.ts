/** For whom labels and files are made. */
export const whoOptions = [
  { value: "all", label: "All who are written to", hint: "But those whose letter came back." },
  { value: "not-printed", label: "Those whose letter is not printed yet" },
];
