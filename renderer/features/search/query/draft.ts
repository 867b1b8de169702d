import type { Input } from '#shared/contract/index.ts'

/** A search as `search.run` takes it, without the state of the dataset it runs on and the columns shown. */
export type SearchQuery = Omit<Input<'search.run'>, 'dataset' | 'ref' | 'columns'>
