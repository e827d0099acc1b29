import { type ReturnedProblem } from "~/features/campaigns/letters/returned.server";

/** Why a code was not taken, after the code itself. */
export const returnedProblems: Record<ReturnedProblem, string> = {
  "no-code": "is no code: a code has six letters and digits, like 7K3QX9.",
  "wrong-check":
    "has a slip in it: one of its letters or digits is wrong, or two are swapped. Look at the letter again.",
  unknown: "is nobody's here: no letter of yours carries it.",
  already: "came back before: nothing was changed.",
  "not-printed":
    "belongs to a letter that is not marked as printed. Say of its file that it is printed, then try again.",
  twice: "stands here twice: it was taken once.",
};
