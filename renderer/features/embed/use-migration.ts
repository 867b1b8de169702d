import { useState } from 'react'
import type { EmbedSwap } from '#shared/contract/embed.ts'
import { useWrite } from '#renderer/features/versions/index.ts'
import { type DatasetTab, getApi, showCommit } from '#renderer/features/workspace/index.ts'
import { forgetRun } from './run.ts'

export interface Migrated {
  readonly column: string
  readonly shadow: string
  readonly keepAs: string
  readonly embedder: string
}

type Write = ReturnType<typeof useWrite>

/** The writes of a migration beside filling the shadow column. */
export interface Migration {
  readonly swap: Write
  readonly discard: Write
  /** Set once the columns were swapped here. */
  readonly swapped: EmbedSwap | null
}

export function useMigration({ dataset }: DatasetTab, { column, shadow, keepAs }: Migrated): Migration {
  const [swapped, setSwapped] = useState<EmbedSwap | null>(null)
  const swap = useWrite(
    async () => {
      const done = await getApi().call('embed.swap', { dataset, column, shadow, keepAs })
      setSwapped(done)
      showCommit(dataset, undefined, done.versionAfter)
    },
    () => forgetRun(dataset, shadow),
  )
  const discard = useWrite(
    async () => {
      const { versionAfter } = await getApi().call('embed.discard', { dataset, column: shadow })
      showCommit(dataset, undefined, versionAfter)
    },
    () => forgetRun(dataset, shadow),
  )
  return { swap, discard, swapped }
}
