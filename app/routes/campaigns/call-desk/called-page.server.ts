/** What a caller's page says. Four statements, with the account's own fields. */
import { calledLine, saidLines } from "~/features/campaigns/call-desk/called-words";
import { type CalledNumber } from "~/features/campaigns/call-desk/called-panels";
import { type Called, findCalled } from "~/features/campaigns/call-desk/find-called.server";
import { goodHours, isGoodHour } from "~/features/campaigns/call-desk/local-time";
import { readScript } from "~/features/campaigns/call-desk/script";
import { leftOutNames } from "~/features/campaigns/recipients/left-out";
import { mergeValues } from "~/features/campaigns/text/merge-values";
import { maySend } from "~/features/contacts/consent/consent";
import { type ContactDetail, findContact } from "~/features/contacts/detail/find-contact.server";
import { listRelated } from "~/features/contacts/relationships/related.server";
import { suppressedText } from "~/features/contacts/suppression/suppression";
import { addressText, homeOf } from "~/features/contacts/values/address-text";
import { languageName } from "~/features/contacts/values/language";
import { phoneHref, phoneText } from "~/features/contacts/values/phone-display";
import { timeZoneText } from "~/features/contacts/values/time-zone";
import { notFound } from "~/http/answers.server";
import { type Scope } from "~/platform/scope.server";
import { addDays, dateIn, formatDate, formatTime } from "~/platform/time";

export async function calledPage(scope: Scope, who: { campaignId: string; contactId: string }) {
  const called = (await findCalled(scope, who)) ?? notFound();
  const { campaign } = called;
  const [contact, related] = await Promise.all([
    findContact(scope, called.calledId),
    listRelated(scope, called.calledId),
  ]);
  return {
    ...placesOf(scope, called, { ...who, isThere: contact !== null }),
    campaignName: campaign.name,
    name: called.name ?? "A contact that is gone",
    line: calledLine(called, contact?.name ?? null),
    currency: campaign.currency,
    leftOut: called.leftOut && leftOutNames[called.leftOut],
    reservation: reservationOf(scope, called),
    there: contact && whereThey(scope, contact),
    after: called.said.find(({ kind }) => kind === "call")?.id ?? "",
    ...(contact ? known(scope, contact, { campaignName: campaign.name, body: campaign.body }) : nothing),
    related: related.filter(({ ended }) => !ended),
    ...saidLines(called, scope.place),
  };
}

function placesOf(
  { account: { slug } }: Scope,
  { campaign, calledId, leftOut }: Called,
  { contactId, isThere }: { contactId: string; isThere: boolean },
) {
  const desk = `/${slug}/campaigns/${campaign.id}/calls`;
  return {
    desk,
    here: `${desk}/${contactId}`,
    contactsHref: `/${slug}/contacts`,
    contactHref: isThere ? `/${slug}/contacts/${calledId}` : null,
    mayTake: campaign.state === "running" && !campaign.isArchived && leftOut === null,
  };
}

const nothing = { numbers: [], warning: null, script: [], facts: [], emails: [], notes: null, contact: null };

/** Whether they are on the reader's page, on another's, or on nobody's. */
function reservationOf({ clock, user, place }: Scope, { reserved }: Called) {
  if (!reserved || reserved.until <= clock.now()) return { isMine: false, by: null, until: null };
  const isMine = reserved.byId === (user?.id ?? null);
  return { isMine, by: isMine ? null : (reserved.by ?? "Somebody"), until: formatTime(place, reserved.until) };
}

/** Their own clock, as far as anybody knows where they are. */
function whereThey(scope: Scope, { values, derivedZone }: ContactDetail) {
  const zone = values.timeZone ?? derivedZone?.zone;
  const now = scope.clock.now();
  const place = { timeZone: zone ?? scope.account.timeZone, locale: scope.place.locale };
  const time = formatTime(place, now);
  return {
    zone: place.timeZone,
    tomorrow: addDays(dateIn(place.timeZone, now), 1),
    clock: `In ${timeZoneText(place.timeZone)} it is ${time} on ${formatDate(place, now)}.`,
    isKnown: zone !== undefined,
    warning: isGoodHour(place.timeZone, now)
      ? null
      : `It is ${time} where they are. People are called between ${goodHours.from} and ${goodHours.to} o’clock.`,
  };
}

function known(scope: Scope, contact: ContactDetail, { campaignName, body }: { campaignName: string; body: string }) {
  const { values, fields } = contact;
  const { locale } = scope.place;
  // Whoever reads it aloud says their own name.
  const facts = { firmName: scope.account.name, senderName: scope.user?.name ?? null, campaignName, fields, locale };
  const may = maySend(contact, "phone", scope.place);
  return {
    numbers: numbersOf(scope, contact),
    warning: may.ok ? null : may.reason,
    script: readScript(body, mergeValues(values, facts), fields),
    facts: factsOf(scope, contact),
    emails: values.emails.map(({ value }) => value),
    notes: values.notes,
    contact: { marks: contact.marks, suppressed: contact.suppressed.filter(({ channel }) => channel === "phone") },
  };
}

function numbersOf({ account, place }: Scope, { values, suppressed }: ContactDetail): CalledNumber[] {
  const numbers = values.phones.map(({ value, label, note }) => {
    const entry = suppressed.find((each) => each.channel === "phone" && each.value === value);
    return {
      value,
      text: phoneText(value, account.phoneCountry),
      href: phoneHref(value),
      beside: [label, note].filter(Boolean).join(", "),
      warning: entry ? suppressedText(entry, place) : null,
    };
  });
  // What may be called comes before what may not.
  return [...numbers.filter(({ warning }) => !warning), ...numbers.filter(({ warning }) => warning)];
}

function factsOf(scope: Scope, { values, name, owner }: ContactDetail): { label: string; value: string }[] {
  const home = homeOf({ ...scope.account, ...scope.place });
  const facts = [
    { label: "Company", value: values.company === name ? null : values.company },
    { label: "Job title", value: values.jobTitle },
    ...values.addresses.map((address) => ({ label: "Address", value: addressText(address, home) })),
    { label: "Language", value: values.language && languageName(values.language, scope.place.locale) },
    { label: "Tags", value: values.tags.join(", ") || null },
    { label: "Looked after by", value: owner?.name ?? null },
  ];
  return facts.flatMap(({ label, value }) => (value ? [{ label, value }] : []));
}
