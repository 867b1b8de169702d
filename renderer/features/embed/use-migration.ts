import { useState } from 'react'
import type { EmbedSwap } from '#shared/contract/embed.ts'
import { type DatasetTab, getApi, showCommit } from '#renderer/features/workspace/index.ts'
import { useWork, type Work } from '#renderer/ui/use-work.ts'
import { forgetRun } from './run.ts'

export interface Migrated {
  readonly column: string
  readonly shadow: string
  readonly keepAs: string
}

/** A write of a migration while its dialog is open. */
export interface MigrationWrite extends Pick<Work, 'isWorking' | 'error'> {
  run(): void
}

/** The writes of a migration beside filling the shadow column. */
export interface Migration {
  readonly swap: MigrationWrite
  readonly discard: MigrationWrite
  /** Set once the columns were swapped here. */
  readonly swapped: EmbedSwap | null
}

export function useMigration({ dataset }: DatasetTab, { column, shadow, keepAs }: Migrated): Migration {
  const [swapped, setSwapped] = useState<EmbedSwap | null>(null)
  const swapping = useWork()
  const discarding = useWork()
  const swap = async (): Promise<void> => {
    const done = await getApi().call('embed.swap', { dataset, column, shadow, keepAs })
    setSwapped(done)
    showCommit(dataset, undefined, done.versionAfter)
    forgetRun(dataset, shadow)
  }
  const discard = async (): Promise<void> => {
    const { versionAfter } = await getApi().call('embed.discard', { dataset, column: shadow })
    showCommit(dataset, undefined, versionAfter)
    forgetRun(dataset, shadow)
  }
  return {
    swap: { ...swapping, run: () => swapping.run(swap) },
    discard: { ...discarding, run: () => discarding.run(discard) },
    swapped,
  }
}
