/** A firm's logo on a white plate, as most are made for white paper. Beside the firm's name its `alt` is empty. */
export function LogoPicture({ src, alt, large }: { src: string; alt: string; large?: boolean }) {
  return <img className={large ? "logo large" : "logo"} src={src} alt={alt} />;
}
