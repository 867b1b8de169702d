import type { Locator, Page } from '@playwright/test'
import { expect } from './tiltyard.ts'

/** A line of the list of operations, by how its title begins. */
export const operation = (page: Page, name: string): Locator =>
  page.getByRole('radiogroup', { name: 'Operations' }).getByRole('radio', { name: new RegExp(`^${name}`) })

/** The operation in front. */
export const panel = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true })

/** What came of the last run of the operation in front. */
export const proof = (page: Page): Locator => page.getByRole('region', { name: 'What it did' })

/** A line of the table of figures before and after. */
export const figure = (place: Locator, name: string): Locator =>
  place.getByRole('table', { name: 'Before and after' }).getByRole('row', { name: new RegExp(`^${name} `) })

/** Presses the button of an operation once its forecast is there. */
export async function press(place: Locator, name: string): Promise<void> {
  const button = place.getByRole('button', { name, exact: true })
  await expect(button).not.toHaveAttribute('aria-disabled', 'true')
  await button.click()
}
