import type { Feature } from '#renderer/features/workspace/index.ts'
import { datasetCommands } from './commands.ts'

export { DatasetTree } from './dataset-tree.tsx'
export { refreshEntry } from './find-store.ts'
export { PathBox } from './path-box.tsx'
export { OpenDialog } from './open-dialog.tsx'
export { datasetNameProblem } from './files/dataset-name.ts'
export { FileDialogs } from './files/file-dialogs.tsx'
export { askFiles } from './files/requests.ts'
export { SampleDialogs } from './sample-dialogs.tsx'
export { Welcome } from './welcome.tsx'

export const datasetsFeature: Feature = { id: 'datasets', title: 'Datasets', commands: datasetCommands }
