import { mkdirSync, rmdirSync } from 'node:fs'
import { dirname } from 'node:path'

/** Characters object stores escape in a path (object_store 0.14 `path/parts.rs`), besides control and non-ASCII ones. */
const ESCAPED = new Set('{}|\\^%`[]"><~#?*')

/** True for a path object stores write as it is. */
export function isPlainPath(path: string): boolean {
  return escapePath(path) === path
}

/** The path as object stores write it: bytes of unusual characters as `%XX`. */
export function escapePath(path: string): string {
  let escaped = ''
  for (const character of path) {
    const isSeparator = character === '/' || (process.platform === 'win32' && character === '\\')
    escaped += isSeparator ? character : escapeCharacter(character)
  }
  return escaped
}

function escapeCharacter(character: string): string {
  if (!ESCAPED.has(character) && character >= ' ' && character <= '~') return character
  const bytes = new TextEncoder().encode(character)
  return Array.from(bytes, (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
}

/**
 * Lance 12 makes the folder of a new tag or branch file under the escaped form of its path, beside the dataset, and fails
 * where it may not (`refs.rs`). This makes that folder first, so that a failure comes before anything else is written, and
 * returns what takes away again what was made: folders only, and only empty ones. Fails as `mkdir` does.
 */
export function makeEscapedTwin(folder: string): () => void {
  const twin = escapePath(folder)
  const first = twin === folder ? undefined : mkdirSync(twin, { recursive: true })
  return () => {
    if (first === undefined) return
    try {
      for (let path = twin; path.length >= first.length; path = dirname(path)) rmdirSync(path)
    } catch {
      // Something else lies in it by now: it is no longer ours.
    }
  }
}
