import type { Contract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { abortable } from '../rows/index.ts'
import { createVersionFactsReader } from '../versions/index.ts'
import { blameRow } from './blame/blame.ts'
import { fetchChangePage } from './change-page.ts'
import { compareVersions } from './compare.ts'
import { KeptComparisons } from './kept.ts'
import { findKeyCandidates } from './key-candidates.ts'
import { MATCH_LIMITS, type MatchLimits } from './match-rows.ts'
import { openSides } from './open-sides.ts'
import { createWorkFolder } from './work-folder.ts'

type Operations = 'versions.compare' | 'versions.comparePage' | 'versions.keyCandidates' | 'versions.blame'

/** What differs between two states, and the life of a row. */
export function createCompareHandlers(
  context: EngineContext,
  limits: MatchLimits = MATCH_LIMITS,
): Pick<Handlers<Contract>, Operations> {
  const facts = createVersionFactsReader()
  const kept = new KeptComparisons(context.datasets)
  const parts = { context, facts, kept, folder: createWorkFolder(context.paths.dataDir), limits }
  return {
    'versions.compare': (input, { signal }) => compareVersions(parts, input, signal),
    'versions.comparePage': (input, { signal }) =>
      abortable(signal, fetchChangePage(context, kept.get(input.comparison), input, signal)),
    'versions.keyCandidates': async (input, { signal }) => {
      const sides = await openSides(context, facts, input, signal)
      return abortable(signal, findKeyCandidates(context, sides, signal))
    },
    'versions.blame': (input, { signal }) => abortable(signal, blameRow(context, facts, input, signal)),
  }
}
