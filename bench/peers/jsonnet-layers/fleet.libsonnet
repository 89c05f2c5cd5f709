// All objects of a target, from what its project says and its pipeline supplies.
local base = import 'base.libsonnet';
local places = import 'places.libsonnet';
local runtimes = import 'runtimes.libsonnet';

local without(map, keys) = { [key]: map[key] for key in std.objectFields(map) if !std.member(keys, key) };
// A key without a value, "test:", stands for nothing more to say.
local section(map, key) =
  local value = std.get(map, key);
  if value == null then {} else value;
local merged(layers) = std.foldl(std.mergePatch, layers, {});

function(target, project, pipeline)
  local environment = section(project.environments, target.environment);
  local user = merged([
    { shutdownSeconds: 30, env: {} },
    runtimes.defaults[project.runtime],
    places.defaults[target.environment],
    without(project, ['environments']),
    without(environment, ['regions']),
    section(section(environment, 'regions'), target.region),
  ]);
  local supplied = merged([
    without(pipeline, ['regions']),
    section(section(pipeline, 'regions'), target.region),
  ]);
  local all = base
              + runtimes[user.runtime]
              + places.environments[target.environment]
              + places.regions[target.region]
              + { target:: target, user:: user, pipeline:: supplied };
  std.objectValues(all.manifests)
