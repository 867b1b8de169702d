import { beforeEach, describe, expect, it } from 'vitest'
import type { SourceItem } from '#shared/model/import/source.ts'
import { AppError } from '#shared/errors.ts'
import { setHost } from '#renderer/features/workspace/index.ts'
import type { Api, Host } from '#renderer/bridge/host.ts'
import { chosenFiles } from '../choose/dropped.ts'
import { cancelWork, importChosen, importPaths, openImport, startOver } from './begin.ts'
import { importStore } from './store.ts'

const item = (name: string, kind: SourceItem['kind'] = 'pdf'): SourceItem => ({
  path: `/data/${name}`,
  name,
  kind,
  family: kind === 'lance' ? 'tables' : 'documents',
  bytes: 1,
  problems: [],
})

type Answer = (input: never, signal?: AbortSignal) => unknown

/** A host whose engine answers as scripted, and what it was asked. */
function use(answers: Readonly<Record<string, Answer>>, more: Partial<Host> = {}) {
  const asked: (readonly [name: string, input: unknown])[] = []
  const all: Readonly<Record<string, Answer>> = {
    'settings.get': () => ({ value: '/last' }),
    'uploads.begin': () => ({ upload: 'u1' }),
    'uploads.write': () => ({ received: 1 }),
    'uploads.finish': () => ({ files: 1, bytes: 1 }),
    'uploads.discard': () => null,
    ...answers,
  }
  const call = async (
    name: string,
    input: never,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<unknown> => {
    asked.push([name, input])
    return all[name]?.(input, options.signal)
  }
  const stream = async function* (...args: Parameters<typeof call>): AsyncGenerator {
    const answer = await call(...args)
    yield* Array.isArray(answer) ? answer : [answer]
  }
  setHost({ kind: 'browser', api: { call, stream } as unknown as Api, pathsOf: null, ...more } as Host)
  return asked
}

const stage = () => importStore.getState().stage
const inspects = (...items: readonly SourceItem[]) => ({
  'import.look': () => ({ kind: 'done', items, truncated: false }),
})
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10))

beforeEach(() =>
  importStore.setState({ isOpen: false, stage: { kind: 'choose' }, into: undefined, last: undefined, runs: {} }),
)

describe('naming paths', () => {
  it('leads to a review, for a new dataset in the folder of last time', async () => {
    use(inspects(item('p/a.pdf')))
    await importPaths(['/data/p'])
    expect(importStore.getState().isOpen).toBe(true)
    expect(stage()).toMatchObject({
      kind: 'review',
      draft: { sources: { paths: ['/data/p'] }, target: { kind: 'new', folder: '/last', name: 'p' } },
    })
  })

  it('leads into the dataset it was asked for', async () => {
    use(inspects(item('p/a.pdf')))
    openImport('/d/x.lance')
    await importPaths(['/data/p'])
    expect(stage()).toMatchObject({ draft: { target: { kind: 'existing', location: '/d/x.lance' } } })
  })

  it('adds to a review, and leaves what was decided there', async () => {
    use(inspects(item('p/a.pdf')))
    await importPaths(['/data/p'])
    const review = stage()
    if (review.kind !== 'review') throw new Error('no review')
    importStore.setState({ stage: { ...review, draft: { ...review.draft, tags: 'mine' } } })
    await importPaths(['/data/q', '/data/p'])
    expect(stage()).toMatchObject({ draft: { tags: 'mine', sources: { paths: ['/data/p', '/data/q'] } } })
  })

  it('asks whether datasets are to be opened', async () => {
    use(inspects(item('x.lance', 'lance')))
    await importPaths(['/data/x.lance'])
    expect(stage().kind).toBe('lance')
  })

  it('says why they could not be looked at', async () => {
    use({
      'import.look': () => {
        throw new AppError({ code: 'not-found', message: 'There is nothing.' })
      },
    })
    await importPaths(['/nowhere'])
    expect(stage()).toMatchObject({ kind: 'inspect', error: { code: 'not-found' } })
  })

  it('tells how many files were looked at', async () => {
    const seen: unknown[] = []
    const stop = importStore.subscribe(({ stage: now }) => seen.push(now.kind === 'inspect' ? now.looked : now.kind))
    use({
      'import.look': () => [
        { kind: 'looking', done: 16, total: 40 },
        { kind: 'looking', done: 32, total: 40 },
        { kind: 'done', items: [item('a.pdf')], truncated: false },
      ],
    })
    await importPaths(['/data'])
    stop()
    expect(seen).toEqual([
      undefined,
      expect.objectContaining({ done: 16 }),
      expect.objectContaining({ done: 32 }),
      'review',
    ])
  })

  it('can be cancelled', async () => {
    use({
      'import.look': (_input, signal) =>
        new Promise((_resolve, reject) =>
          signal?.addEventListener('abort', () => reject(new AppError({ code: 'cancelled', message: '' }))),
        ),
    })
    const looking = importPaths(['/data'])
    await settled()
    expect(stage().kind).toBe('inspect')
    cancelWork()
    await looking
    expect(stage().kind).toBe('choose')
  })
})

describe('files of a browser', () => {
  it('are sent, then looked at, and removed when nobody wants them', async () => {
    const asked = use(inspects(item('a.pdf')))
    importChosen(chosenFiles([new File(['x'], 'a.pdf')]))
    await settled()
    expect(stage()).toMatchObject({ kind: 'review', draft: { sources: { paths: [], uploads: ['u1'] } } })
    expect(asked.map(([name]) => name).filter((name) => name.startsWith('uploads'))).toEqual([
      'uploads.begin',
      'uploads.write',
      'uploads.finish',
    ])
    startOver()
    expect(asked.at(-1)).toEqual(['uploads.discard', { upload: 'u1' }])
    expect(stage().kind).toBe('choose')
  })

  it('are added to a review', async () => {
    let uploads = 0
    const asked = use({ ...inspects(item('a.pdf')), 'uploads.begin': () => ({ upload: `u${++uploads}` }) })
    importChosen(chosenFiles([new File(['x'], 'a.pdf')]))
    await settled()
    importChosen(chosenFiles([new File(['x'], 'b.pdf')]))
    await settled()
    expect(stage()).toMatchObject({ kind: 'review', draft: { sources: { uploads: ['u1', 'u2'] } } })
    expect(asked.map(([name]) => name)).not.toContain('uploads.discard')
  })

  it('are named by path where the host knows it', async () => {
    const asked = use(inspects(item('a.pdf')), { pathsOf: () => ['/data/a.pdf'] })
    importChosen(chosenFiles([new File(['x'], 'a.pdf')]))
    await settled()
    expect(asked.map(([name]) => name)).not.toContain('uploads.begin')
    expect(stage()).toMatchObject({ draft: { sources: { paths: ['/data/a.pdf'], uploads: [] } } })
  })

  it('that are none are said to be none', async () => {
    use({})
    importChosen({ files: [], unreadable: ['docs'] })
    await settled()
    expect(stage()).toMatchObject({ kind: 'upload', error: { code: 'empty-folder' } })
  })
})
