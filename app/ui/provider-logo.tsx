/** The picture of a system that a firm uses, or its first letter where nobody has drawn one. Its name stands beside it. */
export function ProviderLogo({ src, name, large }: { src: string | null; name: string; large?: boolean }) {
  const look = large ? "provider-logo large" : "provider-logo";
  if (src !== null) return <img className={look} src={src} alt="" width={48} height={48} />;
  return (
    <span className={look} aria-hidden>
      {name.charAt(0).toUpperCase()}
    </span>
  );
}
