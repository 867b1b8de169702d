import type { Feature } from '#renderer/features/workspace/index.ts'
import { compareCommands } from './commands.ts'

export { closeCompare, openCompare, useOpenCompare } from './compare-store.ts'
export { CompareView } from './compare-view.tsx'
export { refLabel } from './sides/side-label.ts'
export { SidePicker } from './sides/side-picker.tsx'

/** Two states of one dataset or of two, compared. Shown inside the Versions view; no view of its own. */
export const compareFeature: Feature = {
  id: 'compare',
  title: 'Compare',
  commands: compareCommands,
}
