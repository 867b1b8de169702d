/* Files as they lie about: rows that end early, comments, quotes that are none. */
import { describe, expect, it } from 'vitest'
import type { TableReading } from '#shared/model/import/tables.ts'
import { batchesOf, detect, read, sourceOf } from './tables.fixture.ts'

const told = async (text: string, reading: TableReading = {}) => {
  const source = sourceOf('csv', text, { badRows: 'reject', reading })
  const { problems, reading: found, columns } = await detect(source)
  const { rows, rejects } = await read(source)
  const messages = problems.map(({ severity, message }) => `${severity}: ${message}`)
  return { messages, found, names: columns.map(({ source: name }) => name), rows, rejects }
}

describe('rows that end early', () => {
  const releases =
    'version,series,created,eol,eol_server\n4.10,warty,2004-03-05,2006-04-30\n6.06,dapper,2005-10-12,2009-07-14,2011-06-01\n7.04,feisty,2006-10-20,2008-10-19\n'

  it('are filled with null, which is told and counted', async () => {
    const { rows, rejects, messages, found } = await told(releases)
    expect(rejects).toEqual([])
    expect(rows.map((row) => row['eol_server'])).toEqual([null, '2011-06-01T00:00:00.000Z', null])
    expect(messages).toContain('note: 2 of the first 3 rows end early; what they lack is null.')
    expect(messages.filter((message) => message.startsWith('warning'))).toEqual([])
    expect(found.shortRows).toBe('null')
    const batches = await batchesOf(sourceOf('csv', releases))
    expect(batches.reduce((sum, { shortRows = 0 }) => sum + shortRows, 0)).toBe(2)
  })

  it('are bad where the plan says so', async () => {
    const { rows, rejects, messages } = await told(releases, { shortRows: 'bad' })
    expect(rows).toHaveLength(1)
    expect(rejects.map(({ reason }) => reason)).toEqual(Array(2).fill('has 4 values instead of 5'))
    expect(messages).toContain('warning: 2 of the first 3 rows have not 5 values or stray quotes.')
  })

  it('do not make rows with too many values good', async () => {
    const { rows, rejects } = await told('a,b,c\n1,2,3\n4,5\n6,7,8,9\n6,7,8,,\n1,2,3\n')
    expect(rows).toHaveLength(4)
    expect(rejects).toMatchObject([{ line: 4, reason: 'has 4 values instead of 3' }])
  })

  it('may come first where nothing names the columns', async () => {
    const { rows, rejects, names } = await told('1,2\n3,4,5\n6,7,8\n9,9\n')
    expect(names).toEqual(['column_1', 'column_2', 'column_3'])
    expect(rejects).toEqual([])
    expect(rows[0]).toEqual({ column_1: 1n, column_2: 2n, column_3: null })
  })

  it('are bad, and the delimiter is doubted, where many have one value only', async () => {
    const lines = Array.from({ length: 60 }, (_, n) => (n % 2 === 0 ? `word ${n}` : `said, and went, home ${n}`))
    const { rejects, messages, found } = await told(`a,b,c\n${lines.join('\n')}\n`)
    expect(found.shortRows).toBe('bad')
    expect(rejects).toHaveLength(30)
    expect(messages).toContain(
      'warning: 30 of the first 61 rows are one value, where others have 3: commas may not be what separates them.',
    )
    const filled = await told(`a,b,c\n${lines.join('\n')}\n`, { shortRows: 'null' })
    expect(filled.rejects).toEqual([])
  })

  it('are usual in two columns with tabs', async () => {
    const { rejects } = await told('user\tnote\nann\nbob\tx\ncid\ndan\ty\n')
    expect(rejects).toEqual([])
  })
})

describe('comments', () => {
  const zones =
    '# zones\n#\n# From somebody,\twho wrote it\n#codes\tplace\tzone\tcomments\nAD\t+42\tEurope/Andorra\n# a country, then\nAQ\t-66\tAntarctica/Casey\tCasey\nAR\t-34\tAmerica/Jujuy\tJujuy\n'

  it('are left out, and the last one above the rows may name the columns', async () => {
    const { rows, rejects, messages, found, names } = await told(zones)
    expect(found).toMatchObject({ comment: '#', delimiter: '\t', hasHeader: true, skipLines: 3 })
    expect(names).toEqual(['codes', 'place', 'zone', 'comments'])
    expect(rejects).toEqual([])
    expect(rows.map((row) => row['codes'])).toEqual(['AD', 'AQ', 'AR'])
    expect(messages).toContain('note: Lines that begin with # are left out as comments, 4 among the first.')
    expect(messages).toContain('note: The last comment above the rows names the columns.')
  })

  it('are read the same way when what was found is told', async () => {
    const { found } = await told(zones)
    const again = await told(zones, found)
    expect(again.names).toEqual(['codes', 'place', 'zone', 'comments'])
    expect(again.rows).toHaveLength(3)
    const [batch] = await batchesOf(sourceOf('csv', zones, { reading: found }))
    expect(batch?.commentLines).toBe(1)
  })

  it('above a header leave it where it is', async () => {
    const { rows, names } = await told('# made by a tool, today\n# id, the number\nid,amount\n1,2.5\n2,3.5\n')
    expect(names).toEqual(['id', 'amount'])
    expect(rows).toHaveLength(2)
  })

  it('are no comments where they may be rows, nor where the person says so', async () => {
    const tags = await told('#tag,count\n#bread,3\n#horse,4\nplain,5\n')
    expect(tags.rows.map((row) => Object.values(row)[0])).toEqual(['#bread', '#horse', 'plain'])
    const colours = await told('colour,name\n#ff0000,red\n#00ff00,green\n')
    expect(colours.rows).toHaveLength(2)
    const plain = await told('#x,y\n1,2\n', { comment: '' })
    expect(plain.names).toEqual(['#x', 'y'])
    const percent = await told('% by a tool\nx,y\n% and\n1,2\n', { comment: '%' })
    expect(percent.rows).toEqual([{ x: 1n, y: 2n }])
  })

  it('keep a header that is nothing but the mark', async () => {
    const { names } = await told('#,name\n1,a\n2,b\n')
    expect(names).toEqual(['#', 'name'])
  })
})

describe('quotes that are none', () => {
  const films = 'id\ttitle\tnote\n1\t"Heat" is on\tx\n2\t"open\ty\n3\tplain\t12" disc\n4\t"so" it is\tz\n'

  it('are read as they stand where tabs separate and quotes do not pair', async () => {
    const { rows, rejects, found, messages } = await told(films)
    expect(found.quote).toBe('')
    expect(rejects).toEqual([])
    expect(rows.map((row) => row['title'])).toEqual(['"Heat" is on', '"open', 'plain', '"so" it is'])
    expect(messages.some((message) => message.startsWith('note: Quotes are read as they stand: '))).toBe(true)
  })

  it('are quotes where they pair, and where the person says so', async () => {
    const paired = await told('id\ttitle\n1\t"a\tb"\n2\t"c ""d"""\n3\t"stray" x\n')
    expect(paired.found.quote).toBe('"')
    expect(paired.rows.map((row) => row['title'])).toEqual(['a\tb', 'c "d"'])
    expect((await told(films, { quote: '"' })).rejects.length).toBeGreaterThan(1)
  })

  it('are heeded in a table with commas, whose values need them', async () => {
    const { found, rejects } = await told('a,b\n1,x\n2,"y\n3,z\n4,w\n')
    expect(found.quote).toBe('"')
    expect(rejects).toHaveLength(1)
  })

  it('can be switched off', async () => {
    const { rows } = await told('a,b\n1,"x"\n2,"y\n', { quote: '' })
    expect(rows.map((row) => row['b'])).toEqual(['"x"', '"y'])
  })
})

it('points to a code that looks like a missing value', async () => {
  const codes = ['AD', 'AE', 'AF', 'AG', 'AI', 'AL', 'AM', 'AO', 'AQ', 'AR', 'NA']
  const columnsOf = async (lines: readonly string[]) =>
    (await detect(sourceOf('csv', `code,n\n${lines.map((code, n) => `${code},${n}`).join('\n')}\n`))).columns
  expect((await columnsOf(codes))[0]?.problems[0]?.message).toContain('"NA" is taken for null')
  expect((await columnsOf(['red', 'green', 'NA', 'blue']))[0]?.problems).toEqual([])
})
