/** Paths out of pasted text: one a line, as file managers and shells copy them. */
export function parsePaths(text: string): readonly string[] {
  const paths = text
    .split(/\r?\n/)
    .map((line) => cleanPath(line.trim()))
    .filter((line) => line !== '' && !line.startsWith('#'))
  return [...new Set(paths)]
}

/** True for text that is nothing but absolute paths. */
export function isPathList(text: string): boolean {
  const paths = parsePaths(text)
  return paths.length > 0 && paths.every((path) => /^(\/|~\/|[A-Za-z]:[\\/]|\\\\)/.test(path))
}

function cleanPath(line: string): string {
  const unquoted = /^(["']).*\1$/.test(line) ? line.slice(1, -1) : line
  if (!/^file:\/\//i.test(unquoted)) return unquoted
  try {
    const { host, pathname } = new URL(unquoted)
    const path = decodeURIComponent(pathname)
    // `file:///C:/x` has a slash before the drive; a host is a network share of Windows.
    if (/^\/[A-Za-z]:\//.test(path)) return path.slice(1)
    return host === '' || host === 'localhost' ? path : `//${host}${path}`
  } catch {
    return unquoted
  }
}
