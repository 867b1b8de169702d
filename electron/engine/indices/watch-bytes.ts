import type { TaskEnv } from '../jobs/index.ts'
import type { ObjectStore } from '../store/object-store.ts'

const EVERY_MS = 500

/**
 * Reports the bytes of files that appear among the indices while `work` runs: Lance tells no progress of its own. How many
 * there will be is not known.
 */
export async function withBytesReported<T>(
  store: ObjectStore,
  { report }: TaskEnv,
  note: string,
  work: () => Promise<T>,
): Promise<T> {
  const before = new Set((await store.listTree('_indices')).objects.map(({ path }) => path))
  report({ done: 0, total: null, unit: 'bytes', note })
  let isLooking = false
  const look = async (): Promise<void> => {
    if (isLooking) return
    isLooking = true
    try {
      const { objects } = await store.listTree('_indices')
      const done = objects.reduce((sum, { path, bytes }) => sum + (before.has(path) ? 0 : bytes), 0)
      report({ done, total: null, unit: 'bytes', note })
    } finally {
      isLooking = false
    }
  }
  const timer = setInterval(() => void look().catch(() => undefined), EVERY_MS)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}
