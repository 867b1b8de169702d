import type { Locator, Page } from '@playwright/test'

/** The number in a tooltip such as `318,412 bytes`. */
export async function exactBytes(element: Locator): Promise<number> {
  const title = (await element.getAttribute('title')) ?? ''
  return Number(/^([\d,]+) bytes?/.exec(title)?.[1]?.replaceAll(',', ''))
}

/** Brings a part of the Storage view to the front. */
export async function showPart(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name: /^Storage/ }).click()
  await page
    .getByRole('radiogroup', { name: 'Part of the storage view' })
    .getByRole('radio', { name: new RegExp(`^${name}`) })
    .click()
}

/** A class in the table, by its title. */
export function classLine(page: Page, name: string): Locator {
  return page.getByRole('table', { name: 'Classes of files' }).getByRole('row', { name: new RegExp(`^${name}`) })
}
