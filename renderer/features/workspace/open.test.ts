import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fail, type FakeAnswers, fakeHost, summary } from './host.fixture.ts'
import { setHost } from './host.ts'
import { dismissFailure, openLocation } from './open.ts'
import { startSession } from './session.ts'
import { INITIAL_STATE } from './state.ts'
import { getWorkspace, workspaceStore } from './store.ts'
import { backToLatest, closeTab, onTabClosed, refreshTab, switchBranch, travelTo } from './tab-actions.ts'

const opens = ({ location }: { readonly location: string }) => summary(location)
const found = (location: string) => ({ kind: 'dataset', location, relativePath: 'a' })

function use(answers: FakeAnswers) {
  const fake = fakeHost({ 'settings.get': () => ({ value: null }), 'datasets.close': () => ({}), ...answers })
  setHost(fake.host)
  return fake
}

const handle = (location: string) => `handle of ${location}`

beforeEach(() => workspaceStore.setState(INITIAL_STATE, true))
afterEach(() => {
  for (const tab of getWorkspace().tabs) closeTab(tab.dataset)
  vi.useRealTimers()
})

describe('openLocation', () => {
  it('opens a dataset in a tab, in the sidebar and among the recents', async () => {
    use({ 'datasets.open': opens })
    expect(await openLocation('/d/a')).toEqual({ kind: 'tab', dataset: handle('/d/a') })
    expect(getWorkspace()).toMatchObject({ active: handle('/d/a'), roots: ['/d/a'], opening: [], failures: [] })
    expect(getWorkspace().recents[0]?.location).toBe('/d/a')
  })

  it('brings an open dataset to the front without asking again', async () => {
    const { asked } = use({ 'datasets.open': opens })
    await openLocation('/d/a')
    await openLocation('/d/b')
    await openLocation('/d/a')
    expect(getWorkspace()).toMatchObject({ active: handle('/d/a') })
    expect(asked.filter((name) => name === 'datasets.open')).toHaveLength(2)
  })

  it('takes a folder with datasets below it into the sidebar', async () => {
    use({
      'datasets.open': () => fail({ code: 'not-a-dataset', message: 'No.' }),
      'datasets.find': () => [found('/d/a')],
    })
    expect(await openLocation('/d')).toEqual({ kind: 'folder', location: '/d' })
    expect(getWorkspace()).toMatchObject({ roots: ['/d'], tabs: [], failures: [] })
  })

  it('says why a folder without datasets cannot be opened, until dismissed', async () => {
    use({
      'datasets.open': () => fail({ code: 'not-a-dataset', message: 'Not a Lance dataset.' }),
      'datasets.find': () => [{ kind: 'end', folders: 1, datasets: 0, truncated: false }],
    })
    expect(await openLocation('/d')).toMatchObject({ kind: 'failed', error: { message: 'Not a Lance dataset.' } })
    expect(getWorkspace()).toMatchObject({ roots: [], failures: [{ location: '/d' }] })
    dismissFailure('/d')
    expect(getWorkspace().failures).toEqual([])
  })

  it('leaves telling to the caller when asked to', async () => {
    use({ 'datasets.open': () => fail({ code: 'permission-denied', message: 'No.' }) })
    expect((await openLocation('/d', { showFailure: false })).kind).toBe('failed')
    expect(getWorkspace()).toMatchObject({ failures: [], opening: [] })
  })
})

describe('time travel and refresh', () => {
  it('follows news without moving, then moves on request', async () => {
    use({ 'datasets.open': opens, 'datasets.watch': () => [{ latestVersion: 8, noticedAt: '' }] })
    await openLocation('/d/a')
    await vi.waitFor(() =>
      expect(getWorkspace().tabs[0]).toMatchObject({ version: 5, latestVersion: 8, timeTravel: false }),
    )
    refreshTab(handle('/d/a'))
    expect(getWorkspace().tabs[0]?.version).toBe(8)
    travelTo(handle('/d/a'), 2)
    expect(getWorkspace().tabs[0]).toMatchObject({ version: 2, timeTravel: true })
    backToLatest(handle('/d/a'))
    expect(getWorkspace().tabs[0]).toMatchObject({ version: 8, timeTravel: false })
  })

  it('switches branch at its newest version and stays where it is when that fails', async () => {
    const branches: FakeAnswers = {
      'datasets.open': opens,
      'datasets.summary': ({ ref }: { readonly ref: { readonly branch: string } }) =>
        ref.branch === 'topic' ? summary('/d/a', { version: 9 }) : fail({ code: 'ref-not-found', message: 'No.' }),
    }
    use(branches)
    await openLocation('/d/a')
    await switchBranch(handle('/d/a'), 'topic')
    expect(getWorkspace().tabs[0]).toMatchObject({ branch: 'topic', version: 9, latestVersion: 9 })
    await switchBranch(handle('/d/a'), 'gone')
    expect(getWorkspace().tabs[0]?.branch).toBe('topic')
  })

  it('tells features when a tab closes', async () => {
    const { asked } = use({ 'datasets.open': opens })
    const closed = vi.fn()
    const stop = onTabClosed(closed)
    await openLocation('/d/a')
    closeTab(handle('/d/a'))
    stop()
    expect(closed).toHaveBeenCalledWith(handle('/d/a'))
    expect(asked).toContain('datasets.close')
  })
})

describe('startSession', () => {
  it('opens the sample on a first start, and what the host asks for', async () => {
    const fake = use({ 'datasets.open': opens, 'sample.ensure': () => ({ location: '/sample', built: true }) })
    await startSession()
    fake.openRequested(['/d/x'])
    await vi.waitFor(() => expect(getWorkspace().tabs.map((tab) => tab.location)).toEqual(['/sample', '/d/x']))
  })

  it('keeps what the host asks for in front while slower tabs of last time come back', async () => {
    const saved = { format: 1, tabs: [{ location: '/slow' }], active: '/slow', roots: ['/d'], theme: 'dark' }
    const fake = use({
      'settings.get': () => ({ value: saved }),
      'datasets.open': async ({ location }: { readonly location: string }) => {
        if (location === '/slow') await new Promise((resolve) => setTimeout(resolve, 20))
        return summary(location)
      },
    })
    const starting = startSession()
    fake.openRequested(['/asked'])
    await starting
    const { tabs, active, roots } = getWorkspace()
    expect({ tabs: tabs.map((tab) => tab.location), active, roots }).toEqual({
      tabs: ['/slow', '/asked'],
      active: handle('/asked'),
      roots: ['/d', '/asked'],
    })
  })

  it('restores tabs in their saved order, at the version looked at, and shows what is gone', async () => {
    const saved = {
      format: 1,
      tabs: [{ location: '/slow', version: 3, view: 'versions' }, { location: '/gone' }, { location: '/fast' }],
      active: '/slow',
      roots: ['/d'],
      theme: 'dark',
    }
    use({
      'settings.get': () => ({ value: saved }),
      'datasets.open': async ({ location }: { readonly location: string }) => {
        if (location === '/gone') fail({ code: 'not-found', message: 'It is gone.' })
        if (location === '/slow') await new Promise((resolve) => setTimeout(resolve, 20))
        return summary(location)
      },
    })
    await startSession()
    const { tabs, active, failures, roots, theme } = getWorkspace()
    expect(tabs.map((tab) => tab.location)).toEqual(['/slow', '/fast'])
    expect(tabs[0]).toMatchObject({ version: 3, timeTravel: true, view: 'versions' })
    expect({ active, roots, theme }).toEqual({ active: handle('/slow'), roots: ['/d'], theme: 'dark' })
    expect(failures).toMatchObject([{ location: '/gone', error: { code: 'not-found' } }])
  })

  it('opens everything again after the engine died, and says what happened', async () => {
    const fake = use({ 'datasets.open': opens, 'sample.ensure': () => ({ location: '/sample', built: false }) })
    await startSession()
    const before = fake.asked.filter((name) => name === 'datasets.open').length
    const { recoveries } = getWorkspace()
    fake.engineIs({ kind: 'restarting', reason: 'It was killed.' })
    fake.engineIs({ kind: 'ready', restarts: 1 })
    await vi.waitFor(() => expect(getWorkspace().recoveries).toBe(recoveries + 1))
    expect(getWorkspace().restartNotice).toBe('It was killed.')
    expect(fake.asked.filter((name) => name === 'datasets.open')).toHaveLength(before + 1)
  })
})
