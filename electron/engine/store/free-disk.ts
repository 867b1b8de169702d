import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Bytes free to this user on the volume of a path, or of the nearest folder above it that is there; null = not known. */
export async function freeDiskBytes(path: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(path)
    return bavail * bsize
  } catch {
    const above = dirname(path)
    return above === path ? null : freeDiskBytes(above)
  }
}
