import { describe, expect, it } from 'vitest'
import { parseStartArguments } from './options.ts'

const parse = (...args: string[]) => parseStartArguments(args, '/home/ada')

describe('parseStartArguments', () => {
  it('starts the best host with nothing given', () => {
    expect(parse()).toEqual({
      kind: 'start',
      options: {
        host: 'best',
        open: true,
        port: 0,
        root: undefined,
        socket: undefined,
        idleMinutes: undefined,
        locations: [],
      },
    })
  })

  it('takes paths from the folder the command was typed in and leaves URLs alone', () => {
    const parsed = parse(
      'data/a.lance',
      '/abs/b#%.lance',
      's3://bucket/c.lance',
      '--root',
      'data',
      '--socket=run/t.sock',
    )
    expect(parsed).toMatchObject({
      options: {
        locations: ['/home/ada/data/a.lance', '/abs/b#%.lance', 's3://bucket/c.lance'],
        root: '/home/ada/data',
        socket: '/home/ada/run/t.sock',
      },
    })
  })

  it('reads flags', () => {
    expect(parse('--browser', '--no-open', '--port', '8123', '--idle-shutdown=15')).toMatchObject({
      options: { host: 'browser', open: false, port: 8123, idleMinutes: 15 },
    })
    expect(parse('--desktop')).toMatchObject({ options: { host: 'desktop' } })
    expect(parse('--help').kind).toBe('help')
  })

  it.each([
    [['--prot', '1'], /--prot/],
    [['--port', 'abc'], /0 to 65535, not "abc"/],
    [['--port', '65536'], /0 to 65535/],
    [['--port', '-1'], /--port/],
    [['--port'], /--port/],
    [['--idle-shutdown', '0'], /whole minutes/],
    [['--desktop', '--browser'], /exclude each other/],
    [['--port', '1', '--socket', 'x'], /exclude each other/],
  ])('refuses %j', (args, message) => {
    const parsed = parse(...args)
    expect(parsed).toMatchObject({ kind: 'bad', message: expect.stringMatching(message) })
  })
})
