import { app } from './app.ts'
import { checkpoints } from './checkpoints.ts'
import { datasets } from './datasets.ts'
import { embed } from './embed.ts'
import { embedders } from './embedders.ts'
import type { InputOf, OutputOf, StreamName } from './define.ts'
import { doctor } from './doctor.ts'
import { files } from './files.ts'
import { fragments } from './fragments.ts'
import { imports } from './imports.ts'
import { indices } from './indices.ts'
import { jobs } from './jobs.ts'
import { ledger } from './ledger.ts'
import { cleaning, maintenance } from './maintenance.ts'
import { queues } from './queues.ts'
import { relevance } from './relevance.ts'
import { rows } from './rows.ts'
import { sample } from './sample.ts'
import { search } from './search.ts'
import { storage } from './storage.ts'
import { streams } from './streams.ts'
import { trash } from './trash.ts'
import { uploads } from './uploads.ts'
import { versions } from './versions.ts'

/** Everything the engine can be asked, once. Handlers, clients, `npm run call` and the contract suite derive from it. */
export const contract = {
  ...app,
  ...files,
  ...datasets,
  ...rows,
  ...versions,
  ...fragments,
  ...storage,
  ...jobs,
  ...ledger,
  ...search,
  ...indices,
  ...checkpoints,
  ...trash,
  ...maintenance,
  ...cleaning,
  ...doctor,
  ...relevance,
  ...embedders,
  ...embed,
  ...imports,
  ...uploads,
  ...streams,
  ...queues,
  ...sample,
} as const

export type Contract = typeof contract
export type OperationName = keyof Contract
export type Streams = StreamName<Contract>
export type Input<K extends OperationName> = InputOf<Contract[K]>
export type Output<K extends OperationName> = OutputOf<Contract[K]>
