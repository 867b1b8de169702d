import { readSetting, writeSetting } from '#renderer/features/workspace/index.ts'

/** Rows by bucket that were seen when the topic was last looked at. */
export type SeenRows = Readonly<Record<number, number>>

/** Null for a topic nobody has looked at yet. */
export async function readSeen(topic: string): Promise<SeenRows | null> {
  const value = await readSetting(await keyOf(topic))
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  return Object.fromEntries(
    Object.entries(value).filter(([number, rows]) => /^\d+$/.test(number) && Number.isSafeInteger(rows) && rows >= 0),
  ) as SeenRows
}

export async function writeSeen(topic: string, seen: SeenRows): Promise<void> {
  await writeSetting(await keyOf(topic), { ...seen })
}

/** Setting names are short and plain; paths are neither. */
async function keyOf(topic: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(topic))
  const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return `queue:${hex.slice(0, 32)}`
}
