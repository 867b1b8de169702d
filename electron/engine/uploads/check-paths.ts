import { AppError } from '#shared/errors.ts'

/** Names Windows keeps for devices, with any ending. */
const DEVICE_NAMES = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i
const WINDOWS_REFUSES = /[<>:"|?*\\]|[. ]$/
const MAX_SEGMENT_BYTES = 255

/**
 * Refuses (`invalid-input`) lists of relative paths that could leave the folder they are put below, that this system could
 * not write, or that stand in each other's way. Paths are `/`-separated.
 */
export function checkUploadPaths(paths: readonly string[], platform: NodeJS.Platform = process.platform): void {
  const keyOf = platform === 'win32' || platform === 'darwin' ? foldCase : (path: string): string => path
  const seen = new Set<string>()
  for (const path of paths) {
    const problem = problemOf(path, platform)
    if (problem !== undefined) throw refused(path, problem)
    const key = keyOf(path)
    if (seen.has(key)) throw refused(path, 'is named twice')
    seen.add(key)
  }
  for (const path of paths) {
    const key = keyOf(path)
    for (let end = key.lastIndexOf('/'); end > 0; end = key.lastIndexOf('/', end - 1)) {
      if (seen.has(key.slice(0, end))) throw refused(path, 'lies below a path that is a file itself')
    }
  }
}

function problemOf(path: string, platform: NodeJS.Platform): string | undefined {
  if (path.includes('\0')) return 'has a zero character'
  if (path.startsWith('/')) return 'is not relative'
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.' || segment === '..') return 'is not plain: empty, "." or ".." in it'
    if (Buffer.byteLength(segment) > MAX_SEGMENT_BYTES) return 'has a name of more than 255 bytes'
    if (platform !== 'win32') continue
    if (DEVICE_NAMES.test(segment)) return 'has a name Windows keeps for a device'
    if (WINDOWS_REFUSES.test(segment)) return 'has a name Windows does not take'
  }
  return undefined
}

function foldCase(path: string): string {
  return path.normalize('NFC').toLowerCase()
}

function refused(path: string, problem: string): AppError {
  const shown = path.length > 200 ? `${path.slice(0, 200)}…` : path
  return new AppError({
    code: 'invalid-input',
    message: `${JSON.stringify(shown)} ${problem}, so it cannot be uploaded.`,
    hint: 'Leave the file out or rename it.',
    detail: { path: shown },
  })
}
