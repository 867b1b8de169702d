import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Locator, Page } from '@playwright/test'
import { expect } from './tiltyard.ts'

/** A file as it is dropped: its name and what it holds. */
export interface Dropped {
  readonly name: string
  readonly text: string
}

/** Drops files on the window, as a file manager does. */
export async function dropFiles(page: Page, files: readonly Dropped[]): Promise<void> {
  await page.evaluate((dropped) => {
    const dataTransfer = new DataTransfer()
    for (const { name, text } of dropped) dataTransfer.items.add(new File([text], name))
    const place = document.elementFromPoint(700, 450) ?? document.body
    for (const type of ['dragenter', 'dragover', 'drop']) {
      place.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
    }
  }, files)
}

/** The import window, in the words of whoever uses it. */
export class ImportWindow {
  readonly page: Page
  readonly dialog: Locator
  readonly estimate: Locator

  constructor(page: Page) {
    this.page = page
    this.dialog = page.getByRole('dialog', { name: /^Import/ })
    this.estimate = this.dialog.getByRole('status', { name: 'Estimate' })
  }

  /** Names files and folders of this machine. */
  async openPaths(...paths: readonly string[]): Promise<void> {
    await this.page.keyboard.press('Alt+i')
    await this.dialog.getByRole('textbox', { name: /^Or paths on/ }).fill(paths.join('\n'))
    await this.dialog.getByRole('button', { name: 'Look at them' }).click()
  }

  async toNew(folder: string, name: string): Promise<void> {
    await this.dialog.getByRole('textbox', { name: 'Name of the new dataset' }).fill(name)
    await this.fillPath('Folder of the new dataset', folder)
  }

  async toExisting(location: string, mode: 'Append' | 'Upsert' | 'Overwrite' | 'Update' = 'Append'): Promise<void> {
    await this.dialog.getByRole('radio', { name: 'Existing dataset' }).click()
    await this.fillPath('Path of the dataset', location)
    await this.dialog.getByRole('radio', { name: mode, exact: true }).click()
  }

  /** Types a path and leaves the field, whose completions hide everything else while they are open. */
  private async fillPath(label: string, text: string): Promise<void> {
    await this.dialog.getByRole('combobox', { name: label }).fill(text)
    await this.dialog.getByText('Sources', { exact: true }).click()
  }

  get start(): Locator {
    return this.dialog.getByRole('button', {
      name: /^(Import (about )?[\d,]+|Update \d|Replace its rows|Nothing to update|Import$)/,
    })
  }

  get result(): Locator {
    return this.dialog.getByRole('region', { name: 'Result' })
  }

  /** A figure of the result or of the progress. */
  figure(name: string): Locator {
    return this.dialog
      .locator('dl > div')
      .filter({ has: this.page.locator('dt', { hasText: new RegExp(`^${name}$`) }) })
      .locator('dd')
  }

  async run(): Promise<void> {
    await expect(this.start).toBeEnabled({ timeout: 60_000 })
    await this.start.click()
  }

  /** Waits until the import is done. */
  async done(): Promise<void> {
    await expect(this.result.getByRole('status')).toContainText('written to', { timeout: 100_000 })
  }

  /** A column of the source in the list of columns. */
  column(name: string): Locator {
    return this.dialog.getByRole('list', { name: 'Columns' }).getByRole('listitem', { name, exact: true })
  }

  /** A line of the column mapping by the dataset's column. */
  mapping(target: string): Locator {
    return this.dialog
      .getByRole('row')
      .filter({ has: this.page.getByRole('rowheader', { name: new RegExp(`^${target}\\b`) }) })
  }
}

/** An OpenAI-compatible embedder that answers when it is let. */
export interface SlowEmbedder {
  readonly url: string
  /** Requests that came. */
  readonly asked: number
  /** From now on every request is answered at once. */
  release(): void
  stop(): Promise<void>
}

/** Answers the first `free` requests at once, and the others only after `release`. */
export async function serveSlowly(free: number): Promise<SlowEmbedder> {
  let asked = 0
  let isFree = false
  let waiting: (() => void)[] = []
  const server: Server = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      const { input } = JSON.parse(body) as { readonly input: readonly string[] }
      const answer = (): void => {
        response.writeHead(200, { 'content-type': 'application/json' })
        response.end(JSON.stringify({ data: input.map((one, index) => ({ index, embedding: [0, 1, one.length] })) }))
      }
      asked += 1
      if (isFree || asked <= free) answer()
      else waiting = [...waiting, answer]
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    get asked() {
      return asked
    },
    release() {
      isFree = true
      for (const answer of waiting) answer()
      waiting = []
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Adds an embedder through the app itself. */
export async function addEmbedder(page: Page, id: string, url: string): Promise<void> {
  await page.evaluate(
    async (input) => {
      const { api } = (
        window as unknown as { tiltyard: { api: { call(name: string, input: object): Promise<unknown> } } }
      ).tiltyard
      await api.call('embedders.save', input)
    },
    { id, title: id, url, model: 'tiny' },
  )
}
