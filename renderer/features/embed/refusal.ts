import { mainRefusal, useMainRefusal } from '#renderer/features/versions/index.ts'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'

const DEED = 'Vectors are written to'

/** Why nothing can be embedded from this tab; undefined when it can. */
export const useEmbedRefusal = (tab: DatasetTab): string | undefined => useMainRefusal(tab, DEED)

/** The part of it that depends on what the tab shows. */
export const placeRefusal = (tab: DatasetTab): string | undefined => mainRefusal(tab, DEED)
