import { createHash } from 'node:crypto'

/** A text by what it says: 128 bits to find equal ones by, 64 of them to keep in a column. */
export interface TextHash {
  readonly digest: string
  readonly short: bigint
}

/** MD5 for its speed; nobody gains anything by making two texts collide. */
export function hashText(text: string): TextHash {
  const bytes = createHash('md5').update(text).digest()
  return { digest: bytes.toString('latin1'), short: bytes.readBigInt64LE(0) }
}

/** Whether there is anything to embed: endpoints refuse empty texts, and blanks mean nothing. */
export function hasText(text: string | null): text is string {
  return text !== null && /\S/.test(text)
}
