/** A key to type by hand, in groups of four; one click selects all of it. */
export function SecretKey({ value }: { value: string }) {
  return <code className="key">{value.match(/.{1,4}/gu)?.join(" ") ?? value}</code>;
}

/** One-time codes to print and keep. */
export function RecoveryCodes({ codes }: { codes: string[] }) {
  return (
    <ol className="codes">
      {codes.map((code) => (
        <li key={code}>{code}</li>
      ))}
    </ol>
  );
}

/** A QR code drawn by the server at `src`, always dark on white. */
export function QrImage({ src, alt }: { src: string; alt: string }) {
  return <img className="qr" src={src} alt={alt} width={208} height={208} />;
}
