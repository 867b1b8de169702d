import type { OpenDataset } from '../context.ts'
import { readHead, writeCheckpoint, type FileHead } from './checkpoint.ts'
import type { CommitWatcher } from './dataset-target.ts'
import type { FilePosition } from './follow-file.ts'
import type { IncomingLine } from './stream-session.ts'

/** Keeps how far a file is in a dataset: what is about to be committed before, and what was after every commit. */
export function watchFileCommits(dataDir: string, file: string, start: FilePosition): CommitWatcher {
  let done = start
  let head: FileHead | undefined
  return {
    async before(dataset, proof, columns, last) {
      head ??= await readHead(file)
      await writeCheckpoint(dataDir, {
        ...base(dataset, file, head),
        done,
        intent: { ...proof, columns, to: positionOf(last) },
      })
    },
    async after(dataset, last) {
      head ??= await readHead(file)
      done = positionOf(last)
      await writeCheckpoint(dataDir, { ...base(dataset, file, head), done })
    },
  }
}

function base({ location }: OpenDataset, file: string, head: FileHead) {
  return { version: 1, location, file, head } as const
}

function positionOf({ end = 0, line }: IncomingLine): FilePosition {
  return { offset: end, line }
}
