/** Bytes as PostgreSQL reads them where they come in JSON. */
export function inHex(bytes: Buffer): string {
  return `\\x${bytes.toString('hex')}`
}
