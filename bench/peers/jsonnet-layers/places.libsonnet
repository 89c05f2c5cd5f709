// policies/environment and policies/region: where a program runs.
local region(name, network) = {
  policy+:: {
    dns: { nameservers: ['%s.2' % network, '%s.3' % network], searches: [name + '.example.internal'] },
  },
  local top = self,
  podSpec+:: {
    imagePullSecrets: [{ name: 'registry-' + name }],
    dnsPolicy: 'None',
    dnsConfig: {
      nameservers: top.policy.dns.nameservers,
      searches: top.policy.dns.searches,
      options: [{ name: 'ndots', value: '2' }, { name: 'single-request-reopen' }],
    },
  },
};

{
  defaults: { test: { replicas: 1 }, staging: { replicas: 1 }, prod: { replicas: 2 } },

  environments: {
    test: {
      policy+:: {
        overcommit: { cpu: 0.25, memory: 0.5 },
        rollout: { maxSurge: 1, maxUnavailable: 1, disruption: 1 },
        logs: { size: '1Gi' },
      },
    },
    staging: {
      policy+:: {
        overcommit: { cpu: 0.5, memory: 0.8 },
        rollout: { maxSurge: 1, maxUnavailable: 0, disruption: 1 },
        logs: { size: '2Gi' },
      },
    },
    prod: {
      local top = self,
      policy+:: {
        overcommit: { cpu: 0.5, memory: 1 },
        rollout: { maxSurge: '25%', maxUnavailable: 0, disruption: 1 },
        logs: { size: '4Gi' },
      },
      podSpec+:: {
        topologySpreadConstraints: [{
          maxSkew: 1,
          topologyKey: 'kubernetes.io/hostname',
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: { 'app.kubernetes.io/instance': top.instance } },
        }],
      },
    },
  },

  regions: { cq: region('cq', '10.4.0'), sh: region('sh', '10.8.0') },
}
