import { expect, test } from "vitest";
import { deviceName } from "~/features/sign-in/device-name";

const webKit = "AppleWebKit/537.36 (KHTML, like Gecko)";
const iOS = "AppleWebKit/605.1.15 (KHTML, like Gecko)";

test.each([
  ["Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0", "Firefox on Linux"],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webKit} Chrome/129.0.0.0 Safari/537.36`, "Chrome on Windows"],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webKit} Chrome/129.0 Safari/537.36 Edg/129.0`, "Edge on Windows"],
  [`Mozilla/5.0 (X11; Linux x86_64) ${webKit} Chrome/129.0 Safari/537.36 OPR/114.0`, "Opera on Linux"],
  [`Mozilla/5.0 (Linux; Android 14) ${webKit} Chrome/129.0 Mobile Safari/537.36`, "Chrome on Android"],
  [
    `Mozilla/5.0 (Linux; Android 14) ${webKit} SamsungBrowser/26.0 Chrome/122.0 Mobile Safari/537.36`,
    "Samsung Internet on Android",
  ],
  [`Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${iOS} Version/17.6 Safari/605.1.15`, "Safari on Mac"],
  [
    `Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) ${iOS} Version/17.6 Mobile/15E148 Safari/604.1`,
    "Safari on iPhone",
  ],
  [`Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) ${iOS} FxiOS/131.0 Safari/605.1.15`, "Firefox on iPhone"],
  [`Mozilla/5.0 (iPad; CPU OS 17_6 like Mac OS X) ${iOS} CriOS/129.0 Safari/604.1`, "Chrome on iPad"],
  [`Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${webKit} Chrome/129.0.0.0 Safari/537.36`, "Chrome on ChromeOS"],
  [`Mozilla/5.0 (X11; Linux x86_64) ${webKit} HeadlessChrome/129.0.0.0 Safari/537.36`, "Chrome on Linux"],
  [`Mozilla/5.0 (X11; Linux x86_64) ${iOS} Pebble/3.1 Safari/605.1.15`, "A browser on Linux"],
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) Pebble/3.1", "A browser on Windows"],
  ["Firefox/131.0", "Firefox"],
  ["Firefox on a laptop", "Unknown browser"],
  ["curl/8.5.0", "Unknown browser"],
  ["", "Unknown browser"],
  [null, "Unknown browser"],
])("%s is called %s", (userAgent, name) => expect(deviceName(userAgent)).toBe(name));
