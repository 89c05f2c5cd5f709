import { long, type Row } from '../validation-case.ts'

const key63 = `${'k'.repeat(63)}`

const _labels = { matchLabels: { app: 'shop' } }

export const metadata: readonly Row[] = [
  [
    'Deployment',
    '/metadata/name',
    ['a', 'a.b', '1a', long(253)],
    ['A', 'a_b', '-a', 'a-', 'a..b', long(254)],
  ],
  ['Namespace', '/metadata/name', ['a-b', long(63)], ['a.b', 'A', long(64)]],
  ['CronJob', '/metadata/name', [long(52), 'a.b'], [long(53)]],
  ['Service', '/metadata/name', ['a1', long(63)], ['a.b', 'a_b', long(64)]],
  ['Service', '/metadata/name', [], ['1a'], { before: 36 }],
  ['ServiceAccount', '/metadata/name', ['a.b'], ['a/b']],
  ['Role', '/metadata/name', ['system:a', 'A_b'], ['a/b', 'a%b', '.', '..']],
  ['ClusterRoleBinding', '/metadata/name', ['system:a'], ['a/b']],
  ['Deployment', '/metadata/namespace', ['a-b'], ['a.b', 'A']],
  [
    'ConfigMap',
    '/metadata/labels',
    [{ a: '' }, { 'a.b/c': 'A_1.x' }, { [key63]: 'a' }],
    [
      { a: 'feature/x' },
      { a: '-a' },
      { a: long(64) },
      { [`${key63}k`]: 'a' },
      { 'a/b/c': 'd' },
      { '/b': 'd' },
      { 'A.b/c': 'd' },
      { 'a b': 'd' },
    ],
  ],
  [
    'ConfigMap',
    '/metadata/annotations',
    [{ a: 'x/y z' }, { 'A.B/C': '' }, { a: 'x'.repeat(262_143) }],
    [{ 'a b': 'c' }, { 'a/b/c': 'd' }, { a: 'x'.repeat(262_144) }],
  ],
  ['ConfigMap', '/metadata/finalizers', [['a.b/c']], [['a b'], ['a/b/c']]],
]
