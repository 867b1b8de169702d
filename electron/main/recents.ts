import type { Contract } from '#shared/contract/index.ts'
import type { Client } from '#shared/rpc/client.ts'

/** Setting under which the page keeps what was opened before. */
const SETTING = 'recents'
const SHOWN = 10

/** Locations opened lately, most recent first; empty when there are none or the engine cannot be asked. */
export async function fetchRecents(client: Client<Contract> | undefined): Promise<readonly string[]> {
  try {
    return parseRecents((await client?.call('settings.get', { key: SETTING }))?.value)
  } catch {
    return []
  }
}

/** The locations in a saved list; whatever else it is, or is not, they are the texts at `recents[].location`. */
export function parseRecents(saved: unknown): readonly string[] {
  const recents = fieldOf(saved, 'recents')
  if (!Array.isArray(recents)) return []
  return recents
    .map((recent: unknown) => fieldOf(recent, 'location'))
    .filter((location): location is string => typeof location === 'string' && location !== '')
    .slice(0, SHOWN)
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  return (value as Readonly<Record<string, unknown>>)[name]
}
