import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { test as base, expect, type Locator, type Page } from '@playwright/test'
import { ROOT, startApp, type RunningApp } from '../app.ts'
import { makeFolder } from './datasets.ts'

export { expect }

/** What a person sees and does, in their words; specs say what must come of it. */
export class TiltyardWindow {
  readonly page: Page
  readonly grid: Locator
  readonly sidebar: Locator
  readonly inspector: Locator
  readonly status: Locator

  constructor(page: Page) {
    this.page = page
    this.grid = page.getByRole('grid', { name: /^Rows of/ })
    this.sidebar = page.getByRole('tree', { name: 'Datasets' })
    this.inspector = page.getByRole('region', { name: /^Row / })
    this.status = page.getByRole('contentinfo', { name: 'Status' })
  }

  /** Cell of a 0-based row and 1-based visible column. */
  cell(row: number, column: number): Locator {
    return this.grid.locator(`[aria-rowindex="${row + 2}"] [aria-colindex="${column}"]`)
  }

  header(name: string): Locator {
    return this.grid.getByRole('columnheader', { name: new RegExp(`^${name}\\b`) })
  }

  view(
    name: 'Data' | 'Search' | 'Versions' | 'Fragments' | 'Indices' | 'Import' | 'Activity' | 'Maintenance',
  ): Locator {
    return this.page.getByRole('tab', { name: new RegExp(`^${name}`) })
  }

  /** What came of the filter and sort, or why nothing did. */
  get result(): Locator {
    return this.page.getByRole('search', { name: 'Filter rows' }).locator('+ *')
  }

  field(name: string): Locator {
    return this.inspector.getByRole('article', { name, exact: true })
  }

  /** Waits until the grid has so many rows. */
  async hasRows(count: number): Promise<void> {
    await expect(this.grid).toHaveAttribute('aria-rowcount', String(count + 1))
  }

  /** The cell the cursor is on, as assistive technology is told. */
  get activeCell(): Locator {
    return this.grid.locator('[role=gridcell][id]')
  }

  async chooseInCellMenu(row: number, column: number, line: string): Promise<void> {
    await this.cell(row, column).click({ button: 'right', position: { x: 12, y: 12 } })
    await this.page.getByRole('menuitem', { name: line }).first().click()
  }

  async chooseInHeaderMenu(column: string, line: string): Promise<void> {
    await this.header(column).hover()
    await this.page.getByRole('button', { name: `Menu of column ${column}`, exact: true }).click()
    await this.page.getByRole('menuitem', { name: line }).first().click()
  }

  /** Process id of the engine the window talks to. */
  async enginePid(): Promise<number> {
    return this.page.evaluate(async () => {
      const { api } = (
        window as unknown as {
          tiltyard: { api: { call(name: string, input: object): Promise<{ enginePid: number }> } }
        }
      ).tiltyard
      return (await api.call('app.info', {})).enginePid
    })
  }

  clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText())
  }

  async openPath(path: string): Promise<void> {
    await expect(this.page.getByRole('dialog', { name: 'Open a dataset or folder' })).toBeHidden()
    await this.page.keyboard.press('ControlOrMeta+o')
    await this.page.getByRole('combobox', { name: 'Path' }).fill(path)
    await this.page.keyboard.press('Enter')
  }

  /** The field for a path in the open dialog, which it opens. */
  async pathBox(): Promise<Locator> {
    await this.page.keyboard.press('ControlOrMeta+o')
    const box = this.page.getByRole('combobox', { name: 'Path' })
    await expect(box).toBeFocused()
    return box
  }

  /** Runs a command by its title, as somebody does who knows it. */
  async command(title: string): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+k')
    const box = this.page.getByRole('combobox', { name: 'Search commands' })
    await box.fill(title)
    await expect(this.page.getByRole('option').first()).toContainText(title)
    await this.page.keyboard.press('Enter')
    await expect(box).toBeHidden()
  }

  /** A line of the sidebar by the dataset's or folder's name. */
  item(name: string): Locator {
    return this.sidebar.getByRole('treeitem', { name: new RegExp(`^${name}\\b`) })
  }

  /** A line of the Versions list. */
  version(number: number): Locator {
    return this.page
      .getByRole('grid', { name: 'Versions' })
      .getByRole('row')
      .filter({ has: this.page.getByRole('gridcell', { name: `v${number}`, exact: true }) })
  }

  async typeFilter(sql: string): Promise<void> {
    const editor = this.page.getByRole('textbox', { name: 'Filter (SQL)' })
    await editor.click()
    await this.page.keyboard.press('ControlOrMeta+a')
    // Chromium keeps the style of marked text it replaces, which the content security policy then complains about.
    await this.page.keyboard.press('Delete')
    await this.page.keyboard.insertText(sql)
  }

  async filter(sql: string): Promise<void> {
    await this.typeFilter(sql)
    // Enter alone would take a completion; with Ctrl it always runs.
    await this.page.keyboard.press('ControlOrMeta+Enter')
  }
}

interface Fixtures {
  readonly folder: string
  readonly args: readonly string[]
  /** Starts with an empty data folder, as on the first day; the sample is then built while the window waits. */
  readonly isFirstStart: boolean
  readonly app: RunningApp
  readonly tiltyard: TiltyardWindow
  /** Console errors and warnings; a journey that leaves any behind fails. */
  readonly problems: string[]
}

/**
 * A data folder as it is after the first start, with the sample in it: what a journey is about comes after that. The sample
 * notes its own place, so it is built where it will be and copied from beside.
 */
interface Home {
  /** Puts the folder back as it was and returns where it is. */
  renew(): string
  remove(): void
}

function makeHome(): Home {
  const around = fs.mkdtempSync(path.join(os.tmpdir(), 'tiltyard-e2e-'))
  const [dataDir, untouched] = [path.join(around, 'data'), path.join(around, 'untouched')]
  execFileSync(process.execPath, ['dist/launch/call.mjs', 'sample.ensure'], {
    cwd: ROOT,
    env: { ...process.env, TILTYARD_DATA_DIR: dataDir },
  })
  fs.renameSync(dataDir, untouched)
  return {
    renew: () => {
      fs.rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
      fs.cpSync(untouched, dataDir, { recursive: true, preserveTimestamps: true })
      return dataDir
    },
    remove: () => fs.rmSync(around, { recursive: true, force: true }),
  }
}

export const test = base.extend<Fixtures, { readonly home: Home }>({
  args: [[], { option: true }],
  isFirstStart: [false, { option: true }],
  home: [
    async ({}, use) => {
      const home = makeHome()
      await use(home)
      home.remove()
    },
    { scope: 'worker' },
  ],
  folder: async ({}, use) => {
    const folder = makeFolder()
    await use(folder)
    fs.rmSync(folder, { recursive: true, force: true })
  },
  app: async ({ args, home, isFirstStart }, use) => {
    const app = await startApp(args, isFirstStart ? {} : { dataDir: home.renew() })
    await use(app)
    await app.stop()
  },
  problems: async ({}, use) => {
    const problems: string[] = []
    await use(problems)
    expect(problems).toEqual([])
  },
  tiltyard: async ({ page, app, problems }, use) => {
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text())
    })
    page.on('pageerror', (error) => problems.push(error.message))
    await page.goto(app.url)
    const window = new TiltyardWindow(page)
    await expect(window.cell(0, 1)).toHaveText('0') // the sample, which opens by itself
    await use(window)
  },
})
