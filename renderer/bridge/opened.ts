import type { Contract } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import type { Client } from '#shared/rpc/client.ts'

/** The datasets this window has open, so that a new engine can be given the same ones. */
export interface OpenedDatasets {
  /** To be told every answered call, to notice opening and closing. */
  note(name: string, input: unknown, output: unknown): void
  /** Why a call on a dataset cannot work although it was open once; undefined when it may go ahead. */
  problemOf(input: unknown): AppError | undefined
  /** Opens everything again in a new engine. Rejects only when the connection is lost on the way. */
  replay(client: Client<Contract>): Promise<void>
  /** The dataset being opened again when the engine died; it is not tried again. */
  dropSuspect(reason: string): void
}

export function trackOpened(): OpenedDatasets {
  const locations = new Map<string, string>()
  const problems = new Map<string, AppError>()
  let suspect: string | undefined

  const drop = (handle: string, error: AppError): void => {
    locations.delete(handle)
    problems.set(handle, error)
  }

  return {
    note(name, input, output) {
      if (name === 'datasets.open') {
        const handle = textField(output, 'dataset')
        const location = textField(input, 'location')
        if (handle === undefined || location === undefined) return
        locations.set(handle, location)
        problems.delete(handle)
      } else if (name === 'datasets.close') {
        const handle = textField(input, 'dataset')
        if (handle === undefined) return
        locations.delete(handle)
        problems.delete(handle)
      }
    },
    problemOf(input) {
      const handle = textField(input, 'dataset')
      return handle === undefined ? undefined : problems.get(handle)
    },
    async replay(client) {
      for (const [handle, location] of locations) {
        suspect = handle
        try {
          await client.call('datasets.open', { location })
        } catch (error) {
          if (!(error instanceof AppError)) throw error
          if (error.code === 'disconnected') throw error
          // Gone or broken meanwhile: its views say so, the others go on.
          drop(handle, error)
        }
        suspect = undefined
      }
    },
    dropSuspect(reason) {
      if (suspect === undefined) return
      const location = locations.get(suspect) ?? ''
      drop(
        suspect,
        new AppError({
          code: 'engine-died',
          message: `Opening ${location} again ended the engine once more, so it stays closed. ${reason}`,
          hint: 'Check the files of this dataset, then open it again.',
        }),
      )
      suspect = undefined
    },
  }
}

function textField(value: unknown, key: string): string | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  const field: unknown = (value as Readonly<Record<string, unknown>>)[key]
  return typeof field === 'string' ? field : undefined
}
