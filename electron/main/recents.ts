import type { Contract } from '#shared/contract/index.ts'
import type { Client } from '#shared/rpc/client.ts'

/** Setting under which the page keeps what was opened. */
const SETTING = 'recents'
const SHOWN = 10

/** Locations opened lately, most recent first; empty when there are none or the engine cannot be asked. */
export async function fetchRecents(client: Client<Contract> | undefined): Promise<readonly string[]> {
  try {
    const { value } = (await client?.call('settings.get', { key: SETTING })) ?? { value: null }
    return parseRecents(value)
  } catch {
    return []
  }
}

/** A list of locations, or of objects with one, as it was saved by any build. */
export function parseRecents(value: unknown): readonly string[] {
  if (typeof value === 'object' && value !== null && 'entries' in value) return parseRecents(value.entries)
  if (!Array.isArray(value)) return []
  const locations = value.map((item: unknown) =>
    typeof item === 'object' && item !== null && 'location' in item ? item.location : item,
  )
  return locations
    .filter((location): location is string => typeof location === 'string' && location !== '')
    .slice(0, SHOWN)
}
