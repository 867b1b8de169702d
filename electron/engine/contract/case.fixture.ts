import type { Input, OperationName, Output } from '#shared/contract/index.ts'
import type { HostileInput } from './hostile.fixture.ts'
import type { World } from './world.fixture.ts'

/** What one operation must do with good input. A new contract entry does not compile before it has a case. */
export type Cases = {
  readonly [K in OperationName]: {
    /** `dataset` is the handle of the world's dataset, open in the running engine. */
    input(world: World, dataset: string): Input<K> | Promise<Input<K>>
    /** The result of a call, or all items of a stream (those of an endless one until `enough` items came). */
    check(results: readonly Output<K>[], world: World): void
    /** Wrong inputs beside those made of any input by replacing its fields. */
    hostile?(good: Input<K>): readonly HostileInput[]
    /** For streams that go on until cancelled. */
    readonly enough?: number
  }
}

export function expectEqual(actual: unknown, wanted: unknown, what: string): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(wanted)]
  if (a !== b) throw new Error(`${what}: got ${a}, wanted ${b}`)
}

export function expectThat(condition: boolean, what: string): void {
  if (!condition) throw new Error(`not true: ${what}`)
}
