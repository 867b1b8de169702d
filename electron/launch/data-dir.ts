import path from 'node:path'

/** What decides where the app keeps its settings, its sample and its links. */
export interface DataDirFacts {
  readonly platform: NodeJS.Platform
  readonly home: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** The one folder the app writes to: `TILTYARD_DATA_DIR`, else the platform's place for application data. Absolute. */
export function dataDirOf({ platform, home, env }: DataDirFacts): string {
  const chosen = env['TILTYARD_DATA_DIR']
  if (chosen !== undefined && chosen !== '') return path.resolve(chosen)
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Tiltyard')
  if (platform === 'win32') return path.join(env['APPDATA'] ?? path.join(home, 'AppData', 'Roaming'), 'Tiltyard')
  const xdg = env['XDG_DATA_HOME']
  // The XDG specification says to ignore a relative value.
  return path.join(xdg !== undefined && path.isAbsolute(xdg) ? xdg : path.join(home, '.local', 'share'), 'tiltyard')
}
