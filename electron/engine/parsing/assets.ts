import { fileURLToPath } from 'node:url'

/**
 * Where a library's data file lies: beside the built parser, or in the packages when run from source. `file` is its path
 * in the packages; the build copies it (or a folder) under its last name.
 */
export function assetPath(file: string): string {
  const url = import.meta.url.endsWith('.ts')
    ? new URL(`../../../node_modules/${file}`, import.meta.url)
    : new URL(`./${file.slice(file.lastIndexOf('/') + 1)}`, import.meta.url)
  return fileURLToPath(url)
}
