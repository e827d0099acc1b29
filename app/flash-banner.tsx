import { useRouteLoaderData } from "@remix-run/react";
import { type loader as rootLoader } from "~/root";
import { Banner } from "~/ui/banner";

/** The message that the redirect to this page brought along, if any. First among a frame's children. */
export function FlashBanner() {
  const flash = useRouteLoaderData<typeof rootLoader>("root")?.flash;
  if (!flash) return null;
  return (
    <Banner tone={flash.tone} undo={flash.link}>
      {flash.text}
    </Banner>
  );
}
