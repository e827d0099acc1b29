/** A network address as it is told to people: that of the machine Tallybook runs on says nothing to anybody. */
export function networkAddressText(address: string): string {
  return /^(::1|(::ffff:)?127\..*)$/.test(address) ? "this computer" : address;
}
