import {
  activeTab,
  baseName,
  type Command,
  getHost,
  getWorkspace,
  openDialog,
  openLocation,
  openSample,
} from '#renderer/features/workspace/index.ts'
import { askFiles } from './files/requests.ts'
import { isFolderRoot } from './find-store.ts'

/** Commands for opening things. */
export function datasetCommands(): readonly Command[] {
  return [
    {
      id: 'dataset.open',
      title: 'Open dataset or folder…',
      shortcut: 'Mod+O',
      group: 'Open',
      run: () => openDialog('open'),
    },
    {
      id: 'dataset.pick',
      title: 'Choose a folder with the system dialog…',
      shortcut: 'Mod+Shift+O',
      group: 'Open',
      isAvailable: () => getHost().pickDirectory !== null,
      run: () => void pickAndOpen(),
    },
    { id: 'sample.open', title: 'Open the sample dataset', group: 'Sample', run: () => void openSample() },
    {
      id: 'sample.rebuild',
      title: 'Rebuild the sample dataset…',
      group: 'Sample',
      run: () => openDialog('rebuild-sample'),
    },
    {
      id: 'sample.remove',
      title: 'Remove the sample dataset…',
      group: 'Sample',
      run: () => openDialog('remove-sample'),
    },
    ...filesCommands(),
    ...getWorkspace().roots.filter(isFolderRoot).flatMap(folderCommands),
    ...getWorkspace().recents.map((recent) => ({
      id: `recent:${recent.location}`,
      title: `Open ${recent.name}`,
      group: recent.location,
      isAvailable: () => !getWorkspace().tabs.some((tab) => tab.location === recent.location),
      run: () => void openLocation(recent.location),
    })),
  ]
}

/** For the dataset in front, so that the keyboard reaches what the menu of its line has. */
function filesCommands(): readonly Command[] {
  const tab = activeTab()
  if (tab === undefined) return []
  // The folder's own name is what a rename changes.
  const dataset = { location: tab.location, name: baseName(tab.location).replace(/\.lance$/, '') }
  return [
    {
      id: 'dataset.rename',
      title: 'Rename dataset…',
      group: tab.name,
      run: () => askFiles({ kind: 'rename', dataset }),
    },
    {
      id: 'dataset.drop',
      title: 'Move dataset to trash…',
      group: tab.name,
      run: () => askFiles({ kind: 'drop', dataset }),
    },
  ]
}

function folderCommands(folder: string): readonly Command[] {
  const name = baseName(folder)
  return [
    {
      id: `points:${folder}`,
      title: `Restore points of ${name}…`,
      group: folder,
      run: () => askFiles({ kind: 'points', folder }),
    },
    {
      id: `trash:${folder}`,
      title: `Trash of ${name}…`,
      group: folder,
      run: () => askFiles({ kind: 'trash', folder }),
    },
  ]
}

/** Opens what the native folder dialog returns; nothing when it is cancelled. */
export async function pickAndOpen(): Promise<void> {
  const location = await getHost().pickDirectory?.()
  if (location !== null && location !== undefined) await openLocation(location)
}
