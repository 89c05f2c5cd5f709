import type { Value, ValueMap } from '../../../src/document/node.ts'
import type { Row } from '../validation-case.ts'

const _limits = (limit: ValueMap, request: ValueMap = {}) => ({ limits: limit, requests: request })

const _service = (more: ValueMap) => ({ ports: [{ port: 80 }], ...more })

const path = (more: ValueMap) => [
  {
    path: '/',
    pathType: 'Prefix',
    backend: { service: { name: 'a', port: { number: 80 } } },
    ...more,
  },
]

const _backend = (more: Value) => path({ backend: { service: more } })

export const volumes: readonly Row[] = [
  [
    'Deployment',
    'pod/volumes/0',
    [
      { name: 'logs' },
      { name: 'logs', emptyDir: { sizeLimit: '1Gi' } },
      { name: 'logs', hostPath: { path: '/a', type: 'Directory' } },
      { name: 'logs', hostPath: { path: '' + '/a' } },
      { name: 'logs', configMap: { name: 'a', items: [{ key: 'a', path: 'b/c', mode: 511 }] } },
      { name: 'logs', secret: { secretName: 'a' } },
      { name: 'logs', persistentVolumeClaim: { claimName: 'a' } },
    ],
    [
      { name: 'logs', emptyDir: { sizeLimit: '-1Gi' } },
      { name: 'logs', emptyDir: {}, secret: { secretName: 'a' } },
      { name: 'logs', hostPath: { path: '/a/../b' } },
      { name: 'logs', hostPath: { path: '/a', type: 'Folder' } },
      { name: 'logs', secret: {} },
      { name: 'logs', configMap: {} },
      { name: 'logs', configMap: { name: 'a', defaultMode: 512 } },
      { name: 'logs', configMap: { name: 'a', items: [{ key: 'a', path: '/b' }] } },
      { name: 'logs', configMap: { name: 'a', items: [{ key: 'a', path: '..b' }] } },
      { name: 'logs', configMap: { name: 'a', items: [{ key: 'a', path: '../b' }] } },
      { name: 'logs', configMap: { name: 'a', items: [{ key: '', path: 'b' }] } },
      { name: 'logs', persistentVolumeClaim: { claimName: '' } },
      { name: 'logs', nfs: { server: 'a', path: 'b' } },
    ],
  ],
  ['Deployment', 'pod/volumes', [], [[{ name: 'logs' }, { name: 'logs' }], [{ name: 'other' }]]],
  [
    'Deployment',
    'pod/volumes/0',
    [
      {
        name: 'logs',
        downwardAPI: { items: [{ path: 'a', fieldRef: { fieldPath: 'metadata.name' } }] },
      },
    ],
    [
      { name: 'logs', downwardAPI: { items: [{ path: 'a' }] } },
      {
        name: 'logs',
        downwardAPI: { items: [{ path: 'a', fieldRef: { fieldPath: 'spec.nodeName' } }] },
      },
      {
        name: 'logs',
        downwardAPI: { items: [{ path: 'a', resourceFieldRef: { resource: 'limits.cpu' } }] },
      },
    ],
  ],
  [
    'Deployment',
    'pod/volumes/0',
    [
      {
        name: 'logs',
        projected: {
          sources: [
            { secret: { name: 'a' } },
            { serviceAccountToken: { path: 'a', expirationSeconds: 600 } },
          ],
        },
      },
    ],
    [
      {
        name: 'logs',
        projected: { sources: [{ secret: { name: 'a' }, configMap: { name: 'a' } }] },
      },
      {
        name: 'logs',
        projected: { sources: [{ serviceAccountToken: { path: 'a', expirationSeconds: 599 } }] },
      },
      {
        name: 'logs',
        projected: {
          sources: [
            {
              secret: {
                name: 'a',
                items: [
                  { key: 'a', path: 'x' },
                  { key: 'b', path: 'x' },
                ],
              },
            },
          ],
        },
      },
    ],
  ],
  [
    'Deployment',
    'container/volumeMounts',
    [
      [
        { name: 'logs', mountPath: '/a', subPath: 'b/c' },
        { name: 'logs', mountPath: '/b', readOnly: true },
      ],
      [{ name: 'logs', mountPath: '/a:b' }],
      [{ name: 'logs', mountPath: 'a' }],
    ],
    [
      [{ name: 'data', mountPath: '/a' }],
      [{ name: 'logs', mountPath: '' }],
      [
        { name: 'logs', mountPath: '/a' },
        { name: 'logs', mountPath: '/a' },
      ],
      [{ name: 'logs', mountPath: '/a', subPath: '/b' }],
      [{ name: 'logs', mountPath: '/a', subPath: 'b/../c' }],
      [{ name: 'logs', mountPath: '/a', subPath: 'b', subPathExpr: 'c' }],
      [{ name: 'logs', mountPath: '/a', mountPropagation: 'Bidirectional' }],
    ],
  ],
]
