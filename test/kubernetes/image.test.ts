import { expect, test } from 'vitest'
import { parseImage } from '../../src/kubernetes/image.ts'

const digest = `sha256:${'0'.repeat(64)}`

test.each([
  ['nginx', undefined, 'nginx', undefined, undefined],
  ['nginx:1.27', undefined, 'nginx', '1.27', undefined],
  ['library/nginx', undefined, 'library/nginx', undefined, undefined],
  ['localhost/nginx', 'localhost', 'nginx', undefined, undefined],
  ['registry.example.com/a/b_c:2.4-x', 'registry.example.com', 'a/b_c', '2.4-x', undefined],
  ['registry.example.com:5000/a', 'registry.example.com:5000', 'a', undefined, undefined],
  ['127.0.0.1:5000/a:1', '127.0.0.1:5000', 'a', '1', undefined],
  ['[fd00::1]:5000/a', '[fd00::1]:5000', 'a', undefined, undefined],
  [`r.example.com/a:1@${digest}`, 'r.example.com', 'a', '1', digest],
  [`a@${digest}`, undefined, 'a', undefined, digest],
  // The registry is the exact host, whatever else stands in the path.
  [
    'evil.example.com/registry.example.com/a',
    'evil.example.com',
    'registry.example.com/a',
    undefined,
    undefined,
  ],
  ['registry.example.com.evil.net/a', 'registry.example.com.evil.net', 'a', undefined, undefined],
])('%s is read', (text, registry, repository, tag, digestOf) => {
  expect(parseImage(text)).toEqual({ registry, repository, tag, digest: digestOf })
})

test.each([
  '',
  ' nginx',
  'nginx ',
  'Nginx',
  'a//b',
  '/a',
  'a/',
  'a:',
  'a:b:c',
  'a:-x',
  `a:${'t'.repeat(129)}`,
])('%j is none', (text) => {
  expect(parseImage(text)).toBeUndefined()
})

test.each([
  'registry.example.com@evil.example.com/a',
  'a@b',
  'a@sha256:12',
  `a@${digest}@${digest}`,
  `a@${digest.replace('0', 'A')}`,
  `user:secret@registry.example.com/a`,
  'https://registry.example.com/a',
  'a?b',
  'a#b',
  'registry_x.example.com/a',
  '0'.repeat(64),
])('%j cannot pass for something else', (text) => {
  expect(parseImage(text)).toBeUndefined()
})
