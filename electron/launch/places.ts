import { readFileSync } from 'node:fs'
import path from 'node:path'

/** Where the built parts lie. Everything is found from the folder of a built entry, `dist/<something>`. */
export interface Places {
  /** Folder with package.json. */
  readonly app: string
  readonly engine: string
  readonly preload: string
  readonly renderer: string
  readonly version: string
}

export function placesFrom(entryFolder: string): Places {
  const app = path.resolve(entryFolder, '../..')
  return {
    app,
    engine: path.join(app, 'dist/desktop/engine.mjs'),
    preload: path.join(app, 'dist/desktop/preload.cjs'),
    renderer: path.join(app, 'dist/renderer'),
    version: readVersion(path.join(app, 'package.json')),
  }
}

function readVersion(file: string): string {
  const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'))
  return typeof parsed === 'object' && parsed !== null && 'version' in parsed ? String(parsed.version) : '0.0.0'
}
