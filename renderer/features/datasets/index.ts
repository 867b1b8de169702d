import type { Feature } from '#renderer/features/workspace/index.ts'
import { datasetCommands } from './commands.ts'

export { DatasetTree } from './dataset-tree.tsx'
export { refreshEntry } from './find-store.ts'
export { DropZone } from './drop-zone.tsx'
export { PathBox } from './path-box.tsx'
export { OpenDialog } from './open-dialog.tsx'
export { FileDialogs } from './files/file-dialogs.tsx'
export { SampleDialogs } from './sample-dialogs.tsx'
export { Welcome } from './welcome.tsx'

export const datasetsFeature: Feature = { id: 'datasets', title: 'Datasets', commands: datasetCommands }
