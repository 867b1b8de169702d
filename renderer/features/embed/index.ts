import type { Feature } from '#renderer/features/workspace/index.ts'
import { embedCommands } from './commands.ts'

export { EmbedDialogs } from './embed-dialogs-door.tsx'

/** Vectors for the texts of a column, and moving from one embedder to another. Dialogs only: it has no view. */
export const embedFeature: Feature = {
  id: 'embed',
  title: 'Embedding',
  commands: embedCommands,
}
