import type { OpenFailure } from './state.ts'

/** Adds a sidebar root unless an existing one contains it; those it contains are shown within it. Roots are absolute paths. */
export function withRoot(roots: readonly string[], location: string): readonly string[] {
  if (roots.some((root) => contains(root, location))) return roots
  return [...roots.filter((root) => !contains(location, root)), location]
}

/** Replaces an earlier failure of the same location. */
export function withFailure(failures: readonly OpenFailure[], failure: OpenFailure): readonly OpenFailure[] {
  return [...failures.filter((other) => other.location !== failure.location), failure]
}

/** True when `location` is `folder` or lies in it; `/` and `\` both separate. */
export function contains(folder: string, location: string): boolean {
  if (folder === location) return true
  const prefix = /[/\\]$/.test(folder) ? folder : `${folder}/`
  return location.replaceAll('\\', '/').startsWith(prefix.replaceAll('\\', '/'))
}

/** Last part of a path, for naming a folder. A root is its own name. */
export function baseName(location: string): string {
  const parts = location.split(/[/\\]/).filter((part) => part !== '')
  return parts.at(-1) ?? location
}

/** Everything before the last part; empty at a root. */
export function parentName(location: string): string {
  const trimmed = location.replace(/[/\\]+$/, '')
  const cut = Math.max(trimmed.lastIndexOf('/'), trimmed.lastIndexOf('\\'))
  return cut <= 0 ? '' : trimmed.slice(0, cut)
}
