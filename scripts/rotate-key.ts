/**
 * `npm run rotate-key` (in the image: `node build/rotate-key.js`), with the environment of the server: seals everything
 * that is sealed with an older key anew with the newest, the first of ENCRYPTION_KEYS. The server may go on running.
 */
import { onInstallation } from "./on-installation";
import { rotateKeys, rotationInWords } from "./rotation";

await onInstallation("rotate-key", async (scope) => {
  const rotation = await rotateKeys(scope);
  return { ok: rotation.left.size === 0, text: rotationInWords(rotation) };
});
