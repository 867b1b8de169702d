import type { Api } from '#renderer/bridge/host.ts'
import { AppError } from '#shared/errors.ts'

/**
 * Handles of buckets, opened by whoever asks first and kept by the window. Closing the tab of one lets it go, and so does
 * an engine that is restarted: it is opened again when it is asked for next.
 */
export class BucketHandles {
  readonly #api: Api
  readonly #handles = new Map<string, Promise<string>>()

  constructor(api: Api) {
    this.#api = api
  }

  /** Calls with the handle of a bucket; once more with a new one where it was not open any more. */
  async use<Answer>(location: string, call: (dataset: string) => Promise<Answer>): Promise<Answer> {
    const opened = this.#open(location)
    try {
      return await call(await opened)
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'unknown-dataset') throw error
      if (this.#handles.get(location) === opened) this.#handles.delete(location)
      return call(await this.#open(location))
    }
  }

  #open(location: string): Promise<string> {
    const known = this.#handles.get(location)
    if (known !== undefined) return known
    const opening = this.#api.call('datasets.open', { location }).then(({ dataset }) => dataset)
    this.#handles.set(location, opening)
    opening.catch(() => this.#handles.delete(location))
    return opening
  }
}
