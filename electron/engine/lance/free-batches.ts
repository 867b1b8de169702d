import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

let collect: (() => void) | undefined

/**
 * Lets go of batches nobody holds any more. Their memory is outside of the heap, so that the collector by itself comes
 * hundreds of megabytes late; a call costs some milliseconds.
 */
export function freeBatches(): void {
  if (collect === undefined) {
    setFlagsFromString('--expose-gc')
    collect = runInNewContext('gc') as () => void
  }
  collect()
}
