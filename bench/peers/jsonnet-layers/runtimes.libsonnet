// policies/runtime: what a program runs on.
local ownAccount = {
  local top = self,
  podSpec+:: { serviceAccountName: top.target.project },
  manifests+:: {
    serviceaccount: top.common {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      automountServiceAccountToken: false,
    },
  },
};

local config(path) = {
  local top = self,
  mounts+:: [{ name: 'config', mountPath: path, readOnly: true }],
  volumes+:: [{ name: 'config', configMap: { name: top.target.project } }],
  configuration:: error 'configuration',
  manifests+:: {
    configmap: top.common { apiVersion: 'v1', kind: 'ConfigMap', data: top.configuration },
  },
};

local java(options) = config('/etc/app') {
  local top = self,
  policy+:: { startup+: { failureThreshold: 60 } },
  env+:: [{ name: 'JAVA_OPTS', value: options(top.heap) }],
  configuration:: {
    'logback.xml': |||
      <configuration>
        <appender name="FILE" class="ch.qos.logback.core.rolling.RollingFileAppender">
          <file>/data/logs/%s.log</file>
          <encoder><pattern>%%d{ISO8601} %%-5level [%%thread] %%logger{36} - %%msg%%n</pattern></encoder>
        </appender>
        <root level="%s"><appender-ref ref="FILE"/></root>
      </configuration>
    ||| % [top.target.project, std.get(top.user.env, 'LOG_LEVEL', 'info')],
  },
};

{
  defaults: {
    java8: { shutdownSeconds: 45 },
    java17: { shutdownSeconds: 45 },
    node20: {},
    php74: {},
    go: {},
  },

  java8: java(function(heap)
    '-Xms%sm -Xmx%sm -XX:MaxMetaspaceSize=256m -XX:+ExitOnOutOfMemoryError' % [heap, heap]),

  java17: java(function(heap)
    '-Xms%sm -Xmx%sm -XX:MaxMetaspaceSize=256m -XX:+UseG1GC -XX:+ExitOnOutOfMemoryError'
    % [heap, heap]),

  node20: ownAccount {
    local top = self,
    policy+:: { node: { heapRatio: 0.75 }, startup+: { failureThreshold: 6 } },
    env+:: [
      {
        name: 'NODE_OPTIONS',
        value: '--max-old-space-size=%d' % std.floor(top.memory * top.policy.node.heapRatio),
      },
      { name: 'NODE_ENV', value: 'production' },
    ],
  },

  php74: config('/usr/local/etc/php-fpm.d') {
    local top = self,
    policy+:: { php: { childMiB: 48, reserveMiB: 64 } },
    local children = std.floor((top.memory - top.policy.php.reserveMiB) / top.policy.php.childMiB),
    podMetadata+:: {
      annotations: {
        'example.com/config-sha256':
          std.substr(std.sha256(std.manifestJsonMinified(top.configuration)), 0, 16),
      },
    },
    env+:: [{ name: 'PHP_FPM_MAX_CHILDREN', value: '%d' % children }],
    configuration:: {
      'pool.conf': |||
        [www]
        pm = static
        pm.max_children = %d
        pm.max_requests = 500
        clear_env = no
        access.log = /data/logs/%s.access.log
      ||| % [children, top.target.project],
    },
    sidecars+:: [{
      name: 'nginx',
      image: 'nginx:1.27.3',
      ports: [{ name: 'nginx', containerPort: 8081 }],
      resources: {
        limits: { cpu: '200m', memory: '128Mi', 'ephemeral-storage': '1Gi' },
        requests: { cpu: '20m', memory: '64Mi', 'ephemeral-storage': '64Mi' },
      },
      readinessProbe: { tcpSocket: { port: 'nginx' } },
      securityContext: top.hardened,
    }],
  },

  go: ownAccount {
    local top = self,
    policy+:: { startup+: { failureThreshold: 3 } },
    env+:: [{ name: 'GOMEMLIMIT', value: '%dMiB' % std.floor(top.memory * 0.9) }],
  },
}
