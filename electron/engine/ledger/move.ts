import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { toErrorValue } from '#shared/errors.ts'
import type { EngineContext } from '../context.ts'
import { errnoOf } from '../store/errno.ts'
import { ledgerPath, withLedger } from './file.ts'
import { beginWrite, inLane, toFailure, type WriteNote } from './note.ts'

type Context = Pick<EngineContext, 'paths' | 'log'>

/** A dataset's place before and after; real paths. */
export interface Move {
  readonly from: string
  readonly to: string
}

/**
 * Moves a dataset and notes it in its ledger, which goes along, since it is kept by location: what was written before is
 * there at the new place, and another dataset made at the old one begins with an empty ledger. A ledger left at the new
 * place by a dataset that is no more is set aside. As with every note, a ledger that cannot be moved is told to the log
 * and keeps nobody from moving the dataset.
 */
export function noteMove<T>(
  context: Context,
  { from, to }: Move,
  note: Pick<WriteNote, 'operation' | 'title'>,
  work: () => Promise<T>,
): Promise<T> {
  return inLane(from, async () => {
    const begun = await beginWrite(
      context,
      { location: from },
      { ...note, forecast: { from, to }, makesNoVersion: true },
    )
    const ledger = await carry(context, { from, to })
    try {
      const result = await work()
      await ledger.follow()
      await begun.end({ outcome: 'done', result }, undefined, to)
      return result
    } catch (error) {
      await ledger.stay()
      await begun.end(toFailure(error))
      throw error
    }
  })
}

interface Carried {
  /** The dataset is at its new place. */
  follow(): Promise<void>
  /** It was not moved. */
  stay(): Promise<void>
}

/**
 * Puts a copy of the ledger at the new place before the dataset goes there, so that a crash right after loses nothing;
 * then the ledger itself, with what was appended meanwhile, takes the place of the copy.
 */
async function carry({ paths, log }: Context, { from, to }: Move): Promise<Carried> {
  const [source, target] = [ledgerPath(paths.dataDir, from), ledgerPath(paths.dataDir, to)]
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    await work().catch((error: unknown) =>
      log(`ledger: that of ${from} could not be moved to that of ${to}: ${toErrorValue(error).message}`),
    )
  }
  let aside: string | undefined
  await attempt(async () => {
    await mkdir(dirname(source), { recursive: true })
    await withLedger(target, async () => {
      if (await exists(target)) {
        const name = target.replace(/\.jsonl$/, `-${Date.now()}.jsonl`)
        await rename(target, name)
        aside = name
      }
      await ignoreMissing(copyFile(source, target))
    })
  })
  return {
    follow: () =>
      attempt(() => withLedger(source, () => withLedger(target, () => ignoreMissing(rename(source, target))))),
    stay: () =>
      attempt(() =>
        withLedger(target, async () => {
          await rm(target, { force: true })
          if (aside !== undefined) await rename(aside, target)
        }),
      ),
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

/** Without a ledger there is nothing to move. */
async function ignoreMissing(work: Promise<void>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error
  }
}
