import fs from 'node:fs'
import path from 'node:path'
import type { Output } from '#shared/contract/index.ts'
import { expectEqual, expectThat, type Cases } from '../case.fixture.ts'
import type { World } from '../world.fixture.ts'

type Names =
  'import.stream' | 'import.push' | 'import.flush' | 'import.close' | 'import.streams' | 'queues.open' | 'queues.watch'

/** Opens a stream nobody closes; the engine does when the test's connection ends. */
async function openStream(world: World): Promise<string> {
  const location = path.join(world.folder, `${world.freshName()}.lance`)
  const events = world.client().stream('import.stream', { location })
  const { value } = await events.next()
  return (value as Output<'import.stream'>).stream.id
}

function makeQueue(world: World): string {
  const queue = path.join(world.folder, world.freshName())
  fs.cpSync(world.location, path.join(queue, 'topic', 'bucket_0', 'data.lance'), { recursive: true })
  return queue
}

const record = '{"id":1}'

export const streamsCases: Pick<Cases, Names> = {
  'import.stream': {
    input: (world) => {
      const file = path.join(world.folder, `${world.freshName()}.jsonl`)
      fs.writeFileSync(file, `${record}\n`)
      return {
        location: path.join(world.folder, `${world.freshName()}.lance`),
        file: { path: file, from: 'start', follow: false },
      }
    },
    check: ([opened]) => expectEqual(opened?.kind, 'opened', 'first event'),
    // Without a file it waits for records to be pushed.
    enough: 1,
  },
  'import.push': {
    input: async (world) => ({ stream: await openStream(world), lines: [record] }),
    check: ([pushed]) => expectEqual(pushed?.counts.total, 1, 'records'),
  },
  'import.flush': {
    input: async (world) => ({ stream: await openStream(world) }),
    check: ([stream]) => expectEqual(stream?.counts.buffered, 0, 'buffered records'),
  },
  'import.close': {
    input: async (world) => ({ stream: await openStream(world) }),
    check: ([stream]) => expectEqual(stream?.counts.total, 0, 'records'),
  },
  'import.streams': {
    input: async (world) => {
      await openStream(world)
      return {}
    },
    check: ([streams]) => expectThat((streams?.length ?? 0) > 0, 'an open stream is listed'),
  },
  'queues.open': {
    input: (world) => ({ location: makeQueue(world) }),
    check: ([queue]) => expectEqual(queue?.topics[0]?.buckets[0]?.name, 'bucket_0', 'bucket'),
  },
  'queues.watch': {
    input: (world) => ({ location: makeQueue(world) }),
    check: ([queue]) => expectEqual(queue?.topics[0]?.name, 'topic', 'topic'),
    enough: 1,
  },
}
