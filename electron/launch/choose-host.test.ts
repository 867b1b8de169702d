import { describe, expect, it } from 'vitest'
import { chooseHost, type HostFacts } from './choose-host.ts'

const ABLE: HostFacts = {
  asked: 'best',
  electron: '/e/electron',
  display: true,
  sandboxProblem: undefined,
  browserOnlyOption: undefined,
}

describe('chooseHost', () => {
  it('shows the desktop window wherever it can', () => {
    expect(chooseHost(ABLE)).toEqual({ kind: 'desktop', electron: '/e/electron' })
  })

  it.each([
    [{ electron: undefined }, /not installed/],
    [{ display: false }, /no display/],
    [{ sandboxProblem: 'it does not run as root with its sandbox on' }, /as root/],
  ])('falls back to the browser and says why: %j', (facts, why) => {
    expect(chooseHost({ ...ABLE, ...facts })).toMatchObject({ kind: 'browser', why: expect.stringMatching(why) })
    expect(chooseHost({ ...ABLE, ...facts, asked: 'desktop' })).toMatchObject({
      kind: 'impossible',
      why: expect.stringMatching(why),
    })
  })

  it('uses the browser when asked to, by name or by an option only it knows', () => {
    expect(chooseHost({ ...ABLE, asked: 'browser' })).toMatchObject({
      kind: 'browser',
      why: 'asked for with --browser',
    })
    expect(chooseHost({ ...ABLE, browserOnlyOption: '--port' })).toMatchObject({
      kind: 'browser',
      why: '--port was given',
    })
    expect(chooseHost({ ...ABLE, asked: 'desktop', browserOnlyOption: '--port' }).kind).toBe('desktop')
  })
})
