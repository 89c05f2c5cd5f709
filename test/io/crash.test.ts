import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

test('out/ is the old tree or the new one, whatever kills or fails', { timeout: 400_000 }, () => {
  const script = 'scripts/crash-injection.mjs'
  const { status, stdout } = spawnSync(process.execPath, [script], { encoding: 'utf8' })
  expect(stdout).toContain(', the promise broken in 0\n')
  expect(status).toBe(0)
})
