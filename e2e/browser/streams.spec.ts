import fs from 'node:fs'
import path from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { makeDataset, openForWriting } from './datasets.ts'
import { expect, test, type TiltyardWindow } from './tiltyard.ts'

/** Lines of records `{id, label}` with these ids. */
function records(...ids: readonly number[]): string {
  return ids.map((id) => `${JSON.stringify({ id, label: `r${id}` })}\n`).join('')
}

interface Follow {
  readonly file: string
  readonly rows?: string
  readonly seconds?: string
  readonly misfits?: 'Refuse' | 'Keep in a file' | 'Stop'
}

/** The window "Follow a file", in the words of whoever uses it. */
class FollowWindow {
  readonly page: Page
  readonly dialog: Locator

  constructor(page: Page) {
    this.page = page
    this.dialog = page.getByRole('dialog', { name: 'Follow a file' })
  }

  async say({ file, rows, seconds, misfits = 'Refuse' }: Follow): Promise<void> {
    await this.fillPath('File to follow', file)
    if (rows !== undefined) await this.dialog.getByRole('textbox', { name: 'Rows per commit' }).fill(rows)
    if (seconds !== undefined) await this.dialog.getByRole('textbox', { name: 'Seconds until a commit' }).fill(seconds)
    await this.dialog
      .getByRole('radiogroup', { name: 'Records that do not fit' })
      .getByRole('radio', { name: misfits })
      .click()
  }

  async toNew(folder: string, name: string): Promise<void> {
    await this.dialog.getByRole('radio', { name: 'New dataset' }).click()
    await this.fillPath('Folder of the new dataset', folder)
    await this.dialog.getByRole('textbox', { name: 'Name of the new dataset' }).fill(name)
  }

  async toExisting(location: string): Promise<void> {
    await this.dialog.getByRole('radio', { name: 'Existing dataset' }).click()
    await this.fillPath('Path of the dataset', location)
  }

  /** Types a path and leaves the field, whose completions hide everything else while they are open. */
  private async fillPath(label: string, text: string): Promise<void> {
    await this.dialog.getByRole('combobox', { name: label }).fill(text)
    await this.dialog.getByText('Follow a file', { exact: true }).click()
  }

  async start(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Follow it' }).click()
  }

  async close(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Close' }).click()
  }

  stream(name: string): Locator {
    return this.page.getByRole('listitem', { name })
  }
}

async function counts(stream: Locator, text: string): Promise<void> {
  await expect(stream.getByLabel('Records', { exact: true })).toHaveText(text)
}

async function openWindow(tiltyard: TiltyardWindow): Promise<FollowWindow> {
  await tiltyard.command('Follow a file…')
  return new FollowWindow(tiltyard.page)
}

test('a file is followed into a new dataset while it grows, whatever is on screen', async ({
  tiltyard,
  folder,
  page,
}) => {
  const file = path.join(folder, 'events.jsonl')
  fs.writeFileSync(file, records(1, 2))
  const window = await openWindow(tiltyard)
  await window.say({ file, rows: '3', seconds: '3600' })
  await window.toNew(folder, 'events')
  await window.start()
  const stream = window.stream('events.jsonl into events')
  await counts(stream, 'total2buffered2persisted0refused0')
  await expect(stream.getByText('Nothing committed yet.')).toBeVisible()

  fs.appendFileSync(file, records(3, 4))
  await counts(stream, 'total4buffered1persisted3refused0')
  await stream.getByRole('button', { name: 'Commit now' }).click()
  await counts(stream, 'total4buffered0persisted4refused0')
  await stream.getByRole('button', { name: 'Open events' }).click()
  await tiltyard.hasRows(4)

  fs.appendFileSync(file, records(5, 6, 7))
  await expect(page.getByRole('button', { name: '1 new version · Refresh' })).toBeVisible()
  await tiltyard.view('Import').click()
  await counts(stream, 'total7buffered0persisted7refused0')
  await stream.getByRole('button', { name: 'Stop' }).click()
  await expect(stream).toContainText('Ended')
  await stream.getByRole('button', { name: 'Undo in Activity…' }).click()
  await expect(page.getByRole('gridcell', { name: /Append the records of/ })).toBeVisible()
})

test('records that do not fit are refused with line and reason, kept, or end the stream', async ({
  tiltyard,
  folder,
}) => {
  const location = await makeDataset(folder, 'things', 5, 1)
  const file = path.join(folder, 'more.jsonl')
  fs.writeFileSync(file, `${records(100)}{"id":"wrong"}\nno json\n${records(101)}`)
  const window = await openWindow(tiltyard)
  await window.say({ file, rows: '2', misfits: 'Keep in a file' })
  await window.toExisting(location)
  await window.start()
  const stream = window.stream('more.jsonl into things')
  await counts(stream, 'total2buffered0persisted2refused2')
  await stream.getByText('2 records refused').click()
  const refused = stream.getByRole('list', { name: 'Records that do not fit' })
  await expect(refused.getByRole('listitem')).toHaveText([/^line 3/, /^line 2.*has to be a whole number/])
  const kept = await stream.locator('code', { hasText: 'rejects' }).innerText()
  expect(fs.readFileSync(kept, 'utf8').split('\n')).toHaveLength(3)
  await stream.getByRole('button', { name: 'Stop' }).click()

  const stopping = path.join(folder, 'strict.jsonl')
  fs.writeFileSync(stopping, `${records(200)}{"id":"wrong"}\n${records(201)}`)
  await window.dialog.getByRole('button', { name: 'Follow another file…' }).click()
  await window.say({ file: stopping, misfits: 'Stop' })
  await window.toExisting(location)
  await window.start()
  const strict = window.stream('strict.jsonl into things')
  await expect(strict.getByRole('alert')).toContainText('Record 2 does not fit')
  await strict.getByRole('button', { name: 'Go on, refusing what does not fit' }).click()
  await expect(strict).toContainText('Following')
  await strict.getByRole('button', { name: 'Stop' }).click()
  await expect(strict).toContainText('Ended')
  expect(await (await openForWriting(location)).countRows()).toBe(5 + 2 + 2)
})

test('a file that was replaced ends its stream, with the ways on', async ({ tiltyard, folder }) => {
  const file = path.join(folder, 'events.jsonl')
  fs.writeFileSync(file, records(1, 2))
  const window = await openWindow(tiltyard)
  await window.say({ file, rows: '1' })
  await window.toNew(folder, 'events')
  await window.start()
  const stream = window.stream('events.jsonl into events')
  await counts(stream, 'total2buffered0persisted2refused0')
  fs.writeFileSync(`${file}.new`, records(3))
  fs.renameSync(`${file}.new`, file)
  await expect(stream.getByRole('alert')).toContainText('was replaced by another file')
  await stream.getByRole('button', { name: 'Read it from its start' }).click()
  await counts(stream, 'total1buffered0persisted1refused0')
})

test('what is buffered when the page is left is committed, and going on repeats nothing', async ({
  tiltyard,
  folder,
  page,
}) => {
  const file = path.join(folder, 'events.jsonl')
  const location = path.join(folder, 'events.lance')
  fs.writeFileSync(file, records(1, 2, 3))
  const window = await openWindow(tiltyard)
  await window.say({ file, seconds: '3600' })
  await window.toNew(folder, 'events')
  await window.start()
  await counts(window.stream('events.jsonl into events'), 'total3buffered3persisted0refused0')
  await page.reload()
  await expect.poll(async () => (await openForWriting(location)).countRows()).toBe(3)
  fs.appendFileSync(file, records(4))

  await expect(tiltyard.cell(0, 1)).toHaveText('0')
  const again = await openWindow(tiltyard)
  await again.say({ file, rows: '1' })
  await again.toExisting(location)
  await again.start()
  await counts(again.stream('events.jsonl into events'), 'total1buffered0persisted1refused0')
  expect(await (await openForWriting(location)).countRows()).toBe(4)
})

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  test(`what is buffered when the host ends by ${signal} is committed`, async ({
    tiltyard,
    folder,
    app,
    page,
    problems,
  }) => {
    const file = path.join(folder, 'events.jsonl')
    fs.writeFileSync(file, records(1, 2, 3))
    const window = await openWindow(tiltyard)
    await window.say({ file, seconds: '3600' })
    await window.toNew(folder, 'events')
    await window.start()
    await counts(window.stream('events.jsonl into events'), 'total3buffered3persisted0refused0')
    process.kill(app.pid, signal)
    await expect.poll(async () => (await openForWriting(path.join(folder, 'events.lance'))).countRows()).toBe(3)
    await page.close()
    problems.length = 0
  })
}

test('a stream that a program began is listed, committed and stopped', async ({ tiltyard, page, folder }) => {
  const location = path.join(folder, 'pushed.lance')
  await page.evaluate(async (into) => {
    interface Api {
      call(name: string, input: object): Promise<unknown>
      stream(name: string, input: object): AsyncIterable<{ readonly stream: { readonly id: string } }>
    }
    const { api } = (window as unknown as { tiltyard: { api: Api } }).tiltyard
    const events = api.stream('import.stream', { location: into, flushSeconds: 3600 })[Symbol.asyncIterator]()
    const opened = await events.next()
    const drain = async (): Promise<void> => {
      while ((await events.next()).done !== true);
    }
    void drain()
    const lines = ['{"id": 1}', '{"id": 2}']
    await api.call('import.push', { stream: (opened.value as { stream: { id: string } }).stream.id, lines })
  }, location)
  await tiltyard.command('Follow a file')
  const list = page.getByRole('list', { name: 'Streams that were not begun in this window' })
  const card = list.getByRole('listitem', { name: 'Pushed records into pushed' })
  await expect(card).toContainText('another window or program')
  await expect(card.getByLabel('Records')).toContainText('buffered2')
  await card.getByRole('button', { name: 'Commit now' }).click()
  await expect(card).toContainText('newest version is v2')
  await card.getByRole('button', { name: 'Stop' }).click()
  await expect(list).toBeHidden()
  const dataset = await openForWriting(location)
  expect(await dataset.countRows()).toBe(2)
})
