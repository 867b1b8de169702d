import { realpathSync } from 'node:fs'
import { parseStartArguments } from '../launch/options.ts'

export interface DesktopArguments {
  /** Absolute paths and URLs to open. */
  readonly locations: readonly string[]
  /** Absolute, links resolved. */
  readonly root: string | undefined
  /** Why the app cannot start like this. */
  readonly problem: string | undefined
}

/** Reads the arguments of the desktop app. Switches Chromium and macOS add by themselves are passed over. */
export function readArguments(args: readonly string[], cwd: string): DesktopArguments {
  const ours = args.filter((arg) => !arg.startsWith('-') || arg.startsWith('--root='))
  const parsed = parseStartArguments(ours, cwd)
  if (parsed.kind !== 'start') {
    return { locations: [], root: undefined, problem: parsed.kind === 'bad' ? parsed.message : undefined }
  }
  const { locations, root } = parsed.options
  if (root === undefined) return { locations, root, problem: undefined }
  try {
    return { locations, root: realpathSync(root), problem: undefined }
  } catch {
    return { locations, root: undefined, problem: `The folder given with --root is not there: ${root}` }
  }
}

/** The locations a second start sent along; anything else it may have sent is ignored. */
export function parseSecondStart(data: unknown): readonly string[] {
  if (typeof data !== 'object' || data === null || !('locations' in data) || !Array.isArray(data.locations)) return []
  return data.locations.filter((item: unknown): item is string => typeof item === 'string')
}
