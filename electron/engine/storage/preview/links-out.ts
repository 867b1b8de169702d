import { realpath } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { AppError } from '#shared/errors.ts'
import { isInside } from '../../store/local-path.ts'

/**
 * Fails with `outside-root` when a path leads out of a local folder by way of a link: what lies there is no part of the
 * dataset, is not counted with it, and may be none of the reader's business. Paths that lead nowhere pass.
 */
export async function refuseLinksOut(root: string, path: string): Promise<void> {
  if (!isAbsolute(root)) return
  const absolute = join(root, path)
  // Paths that climb by their text are refused by the store.
  if (path.includes('\0') || !isInside(root, absolute)) return
  const [realRoot, real] = await Promise.all([root, absolute].map((it) => realpath(it).catch(() => undefined)))
  if (realRoot === undefined || real === undefined || isInside(realRoot, real)) return
  throw new AppError({
    code: 'outside-root',
    message: `${path} leads out of the dataset by way of a link.`,
    hint: 'Tiltyard follows no links out of a dataset. The size shown is that of the link itself.',
    detail: { path },
  })
}
