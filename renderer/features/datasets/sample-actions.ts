import { toErrorValue } from '#shared/errors.ts'
import { showToast } from '#renderer/ui/toasts.ts'
import {
  closeTab,
  contains,
  getApi,
  getWorkspace,
  openLocation,
  removeRecent,
  removeRoot,
} from '#renderer/features/workspace/index.ts'
import { startFind } from './find-store.ts'

/** Builds the sample anew and shows it. Its tab is closed first: its versions start again at 1. */
export async function rebuildSample(): Promise<void> {
  await reported('The sample could not be rebuilt', async () => {
    await leaveSample()
    const { location } = await getApi().call('sample.rebuild', {})
    await openLocation(location)
    if (getWorkspace().roots.includes(location)) void startFind(location)
    showToast({ kind: 'ok', title: 'Sample dataset rebuilt' })
  })
}

/** Deletes the sample and everything that points to it. */
export async function removeSample(): Promise<void> {
  await reported('The sample could not be removed', async () => {
    const locations = await leaveSample()
    const { removed } = await getApi().call('sample.remove', {})
    for (const location of locations) {
      removeRoot(location)
      removeRecent(location)
    }
    showToast({ kind: 'ok', title: removed ? 'Sample dataset removed' : 'There was no sample dataset' })
  })
}

/** Closes tabs on the sample; returns every location in the app's data folder that the window remembers. */
async function leaveSample(): Promise<readonly string[]> {
  const { dataDir } = await getApi().call('app.info', {})
  const { tabs, roots, recents } = getWorkspace()
  for (const tab of tabs) if (contains(dataDir, tab.location)) closeTab(tab.dataset)
  return [...new Set([...roots, ...recents.map((recent) => recent.location)])].filter((one) => contains(dataDir, one))
}

async function reported(title: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    showToast({ kind: 'bad', title, text: toErrorValue(error).message })
  }
}
