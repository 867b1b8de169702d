import { AppError } from '#shared/errors.ts'
import { getApi } from './host.ts'
import { updateWorkspace } from './store.ts'
import { mapTab, withLatest } from './tab-transitions.ts'
import type { DatasetTab } from './types.ts'

const RETRY_MS = 5000

interface Watch {
  readonly branch: string | undefined
  readonly controller: AbortController
}

const watches = new Map<string, Watch>()

/** Follows the newest version of a tab's branch until {@link stopWatching}; starting again replaces the earlier watch. */
export function watchTab(tab: DatasetTab): void {
  stopWatching(tab.dataset)
  const watch: Watch = { branch: tab.branch, controller: new AbortController() }
  watches.set(tab.dataset, watch)
  void follow(tab.dataset, watch)
}

export function stopWatching(dataset: string): void {
  watches.get(dataset)?.controller.abort()
  watches.delete(dataset)
}

async function follow(dataset: string, { branch, controller }: Watch): Promise<void> {
  const { signal } = controller
  const input = { dataset, ...(branch === undefined ? {} : { branch }) }
  while (!signal.aborted) {
    try {
      for await (const event of getApi().stream('datasets.watch', input, { signal })) {
        updateWorkspace((state) => ({
          tabs: mapTab(state.tabs, dataset, (tab) => withLatest(tab, branch, event.latestVersion)),
        }))
      }
    } catch (error) {
      // A dead engine starts a new watch when it is back; other failures may pass (a share that went away).
      if (error instanceof AppError && (error.code === 'cancelled' || error.code === 'disconnected')) return
    }
    await delay(RETRY_MS, signal)
  }
}

function delay(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
}
