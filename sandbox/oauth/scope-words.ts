/** What somebody is asked to agree to, as providers say it to people. */
const words: Readonly<Record<string, string>> = {
  "https://www.googleapis.com/auth/contacts.readonly": "See your contacts",
  "https://www.googleapis.com/auth/contacts.other.readonly": "See people you have written to",
  "https://www.googleapis.com/auth/userinfo.email": "See which email address is yours",
  "Contacts.Read": "Read your contacts",
  "User.Read": "Read who you are",
  offline_access: "Keep this access until you take it back",
  refresh_token: "Keep this access until you take it back",
  openid: "Know that it is you",
  email: "See which email address is yours",
  profile: "See your name",
  oauth: "Know which account it is",
  "crm.objects.contacts.read": "Read contacts",
  "crm.objects.companies.read": "Read companies",
  "crm.objects.deals.read": "Read deals",
  api: "Read what you may read there",
  id: "Know who you are",
  web: "Open pages as you",
  base: "Know who you are",
  "contacts:read": "Read people and organisations",
};

/** Null: nobody has put it into words. */
export function scopeWords(scope: string): string | null {
  return words[scope] ?? null;
}
