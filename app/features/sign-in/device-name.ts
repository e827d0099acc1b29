/** As they call themselves; the first that fits, since most also claim to be the ones after them. */
const browsers: readonly [mark: RegExp, name: string][] = [
  [/\b(Edg|EdgA|EdgiOS)\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(Firefox|FxiOS)\//, "Firefox"],
  [/\b(Chrome|CriOS|HeadlessChrome)\//, "Chrome"],
  // It runs on Apple's systems only; whoever names it elsewhere wants to be taken for it.
  [/\bMac OS\b.*\bVersion\/.*\bSafari\//, "Safari"],
];
const systems: readonly [mark: RegExp, name: string][] = [
  [/\bWindows\b/, "Windows"],
  [/\bAndroid\b/, "Android"],
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bMac OS\b/, "Mac"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
];

/** "Firefox on Linux": the two words that a person knows of what a browser says about itself (`User-Agent`). */
export function deviceName(userAgent: string | null): string {
  const nameIn = (names: typeof browsers) => names.find(([mark]) => mark.test(userAgent ?? ""))?.[1];
  const [browser, system] = [nameIn(browsers), nameIn(systems)];
  if (!system) return browser ?? "Unknown browser";
  return `${browser ?? "A browser"} on ${system}`;
}
