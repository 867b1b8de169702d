import type { TaskEnv } from '../jobs/index.ts'
import type { ObjectStore } from '../store/object-store.ts'

const EVERY_MS = 500
/** A look at a large directory must not become the work: at most this share of the time is spent looking. */
const LOOK_SHARE = 0.1

export interface Watched {
  /** What is being done, a few words. */
  readonly note: string
  /** Where new files appear; absent = among the indices. */
  readonly folders?: readonly string[]
  /** Bytes expected; null or absent = not known. What grows beyond is reported as it is, with no total. */
  readonly total?: number | null
}

/** Reports the bytes of files that appear in some folders while `work` runs: Lance tells no progress of its own. */
export async function withBytesReported<T>(
  store: ObjectStore,
  { report }: Pick<TaskEnv, 'report'>,
  { note, folders = ['_indices'], total = null }: Watched,
  work: () => Promise<T>,
): Promise<T> {
  const list = async () =>
    (await Promise.all(folders.map((folder) => store.listTree(folder)))).flatMap((it) => it.objects)
  const before = new Set((await list()).map(({ path }) => path))
  const tell = (done: number): void =>
    report({ done, total: total !== null && done <= total ? total : null, unit: 'bytes', note })
  tell(0)
  let notBefore = 0
  let isLooking = false
  const look = async (): Promise<void> => {
    const began = performance.now()
    if (isLooking || began < notBefore) return
    isLooking = true
    try {
      tell((await list()).reduce((sum, { path, bytes }) => sum + (before.has(path) ? 0 : bytes), 0))
    } finally {
      isLooking = false
      notBefore = performance.now() + (performance.now() - began) / LOOK_SHARE
    }
  }
  const timer = setInterval(() => void look().catch(() => undefined), EVERY_MS)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}
