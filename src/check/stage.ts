import { isMap, type Value, type ValueMap } from '../document/node.ts'
import type { Context } from '../expression/environment.ts'
import { structClass } from '../expression/struct.ts'
import type { ExpressionType } from '../expression/type.ts'
import { type SharedParts, toExpressionValue } from '../expression/values.ts'
import { podPathOf } from '../kubernetes/pod-spec.ts'
import type { Needs } from './condition.ts'
import { anything, typeAlong } from './rule-types.ts'
import { type Part, partsAlong } from './walk.ts'

/** An object before its rules: as it is, and as expressions see it. */
export interface Stage {
  readonly object: ValueMap
  readonly podSpec: Value | undefined
  readonly partsAlong: (path: readonly string[]) => readonly Part[]
  /** What expressions see that judge a part, if they need no more than they say. */
  readonly sceneOf: (part: Part) => Scene
}

export interface Scene {
  readonly context: Context
  /** Makes fields ready; only a few of a pod's are looked at by any rule. */
  readonly prepare: (needs: Needs) => void
}

export function stageOf(
  object: ValueMap,
  type: ExpressionType,
  shared: SharedParts,
  context: Context,
): Stage {
  const podPath = podPathOf(object.apiVersion, object.kind)
  const pod = podPath && partsAlong(object, '', podPath)[0]
  const likenesses = new Map<string, Likeness>()

  function likenessOf({ value, pointer, path }: Part): Likeness {
    const own = path.length === 0 ? type : typeAlong(type, path)
    const known =
      likenesses.get(pointer) ?? likenessFrom(value, 'missing' in own ? anything : own, shared)
    likenesses.set(pointer, known)
    return known
  }

  const whole: Part = { value: object, pointer: '', index: 0, path: [] }
  return {
    object,
    podSpec: pod?.value,
    partsAlong: (path) => (path.length === 0 ? [whole] : partsAlong(object, '', path)),
    sceneOf(part) {
      const own = likenessOf(part)
      const [ofObject, ofPod] = [likenessOf(whole), pod && likenessOf(pod)]
      const { user, pipeline, policy, target, team, variables, manifests } = context
      return {
        // Written out, because to spread a context costs more than most rules do.
        context: {
          user,
          pipeline,
          policy,
          target,
          team,
          variables,
          manifests,
          object: ofObject.seen,
          podSpec: ofPod?.seen,
          value: own.seen,
          index: BigInt(part.index),
        },
        prepare(needs) {
          ofObject.prepare(needs.object)
          ofPod?.prepare(needs.podSpec)
          own.prepare(needs.value)
        },
      }
    },
  }
}

/** A value as expressions see it, of which fields are made ready as they are needed. */
interface Likeness {
  readonly seen: unknown
  readonly prepare: (fields: readonly string[] | undefined) => void
}

function likenessFrom(value: Value, type: ExpressionType, shared: SharedParts): Likeness {
  if (!isMap(value) || shared.has(value) || !(type.kind === 'struct' || type.kind === 'dyn')) {
    return { seen: toExpressionValue(value, type, shared), prepare: () => {} }
  }
  const seen = (type.kind === 'struct' ? new (structClass(type))() : {}) as Record<string, unknown>
  const ready = new Set<string>()
  return {
    seen,
    prepare(fields = Object.keys(value)) {
      for (const key of fields) {
        if (ready.has(key)) continue
        ready.add(key)
        const field = Object.hasOwn(value, key) ? value[key] : undefined
        const own = type.kind === 'struct' ? type.fields.get(key) : anything
        if (own && field !== undefined && field !== null) {
          seen[key] = toExpressionValue(field, own, shared)
        }
      }
    },
  }
}
