import { responseNames } from "~/features/campaigns/campaign";
import { type RecordedResponse } from "~/features/campaigns/responses/find-recipient.server";
import { formatMoney } from "~/platform/money";
import { type Scope } from "~/platform/scope.server";
import { formatDate, formatInstant } from "~/platform/time";

const hows = { "by-hand": "by hand", link: "by their link", code: "by their code", phone: "by phone" } as const;

/** "Converted on 3 May 2026, £1,450.00, recorded by hand, Ann Okafor; rang us back". */
export function answerLine({ place }: Scope, currency: string, answer: RecordedResponse) {
  const { id, response, respondedOn, valueMinor: minor, how, recordedBy, said, note, isWithdrawn, recordedAt } = answer;
  const told = [
    `${responseNames[response]} on ${formatDate(place, respondedOn)}`,
    minor === null ? null : formatMoney({ minor, currency }, place.locale),
    `recorded ${hows[how]}`,
    recordedBy,
    said && "who says that it was not meant for them",
  ];
  const text = [told.filter(Boolean).join(", "), note, isWithdrawn ? "taken back since" : null];
  return { key: id, at: formatInstant(place, recordedAt), text: text.filter(Boolean).join("; ") };
}
