/*
 * Ways out of the window, in the desktop stand-in. A window of its own for each: Chromium opens a popup before anybody is
 * asked and now and then takes the page along when it is closed at once, which must not reach the other journeys.
 */
import { expect, test } from '@playwright/test'
import { buildStandIn, launchStandIn, type StandInApp } from './launch.ts'

let app: StandInApp

test.beforeEach(async () => {
  await buildStandIn()
  app = await launchStandIn()
  await expect(app.page.getByRole('grid', { name: /^Rows of/ })).toBeVisible()
})
test.afterEach(() => app.close())

test('the page cannot be led elsewhere', async () => {
  await app.page.evaluate(() => {
    location.href = 'https://evil.example/'
  })
  await expect.poll(async () => (await app.run('record')).preventedNavigations).toEqual(['https://evil.example/'])
  expect(app.page.url()).toBe('https://bundle.app.invalid/')
})

test('no window opens; https links go to the system browser', async () => {
  await app.page.evaluate(() => {
    for (const url of ['https://lance.example/docs', 'http://lance.example/', 'file:///etc/passwd']) window.open(url)
  })
  await expect.poll(async () => (await app.run('record')).openedExternally).toEqual(['https://lance.example/docs'])
  await expect.poll(() => app.page.context().pages().length).toBe(1)
})
