// Judges objects as the API server of Kubernetes does when they are created: its own code, up to the
// point where it would write to etcd. Reads JSON lines, each an object; writes for each a JSON list
// of what is refused in it. The files beside it hold what differs between versions.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	_ "k8s.io/kubernetes/pkg/apis/autoscaling/install"
	_ "k8s.io/kubernetes/pkg/apis/batch/install"
	"k8s.io/kubernetes/pkg/apis/core"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	_ "k8s.io/kubernetes/pkg/apis/extensions/install"
	_ "k8s.io/kubernetes/pkg/apis/networking/install"
	_ "k8s.io/kubernetes/pkg/apis/policy/install"
	_ "k8s.io/kubernetes/pkg/apis/rbac/install"
	_ "k8s.io/kubernetes/pkg/apis/scheduling/install"
	"k8s.io/kubernetes/pkg/capabilities"
	"k8s.io/kubernetes/pkg/registry/apps/daemonset"
	"k8s.io/kubernetes/pkg/registry/apps/deployment"
	"k8s.io/kubernetes/pkg/registry/apps/replicaset"
	"k8s.io/kubernetes/pkg/registry/apps/statefulset"
	"k8s.io/kubernetes/pkg/registry/autoscaling/horizontalpodautoscaler"
	"k8s.io/kubernetes/pkg/registry/batch/cronjob"
	"k8s.io/kubernetes/pkg/registry/batch/job"
	"k8s.io/kubernetes/pkg/registry/core/configmap"
	"k8s.io/kubernetes/pkg/registry/core/limitrange"
	"k8s.io/kubernetes/pkg/registry/core/namespace"
	"k8s.io/kubernetes/pkg/registry/core/persistentvolumeclaim"
	"k8s.io/kubernetes/pkg/registry/core/pod"
	"k8s.io/kubernetes/pkg/registry/core/podtemplate"
	"k8s.io/kubernetes/pkg/registry/core/replicationcontroller"
	"k8s.io/kubernetes/pkg/registry/core/resourcequota"
	"k8s.io/kubernetes/pkg/registry/core/secret"
	"k8s.io/kubernetes/pkg/registry/core/serviceaccount"
	"k8s.io/kubernetes/pkg/registry/networking/networkpolicy"
	"k8s.io/kubernetes/pkg/registry/policy/poddisruptionbudget"
	"k8s.io/kubernetes/pkg/registry/rbac/clusterrole"
	"k8s.io/kubernetes/pkg/registry/rbac/clusterrolebinding"
	"k8s.io/kubernetes/pkg/registry/rbac/role"
	"k8s.io/kubernetes/pkg/registry/rbac/rolebinding"
	"k8s.io/kubernetes/pkg/registry/scheduling/priorityclass"
)

var strategies = map[string]rest.RESTCreateStrategy{
	"DaemonSet": daemonset.Strategy, "Deployment": deployment.Strategy,
	"ReplicaSet": replicaset.Strategy, "StatefulSet": statefulset.Strategy,
	"HorizontalPodAutoscaler": horizontalpodautoscaler.Strategy,
	"CronJob":                 cronjob.Strategy, "Job": job.Strategy,
	"ConfigMap": configmap.Strategy, "LimitRange": limitrange.Strategy,
	"Namespace": namespace.Strategy, "PersistentVolumeClaim": persistentvolumeclaim.Strategy,
	"Pod": pod.Strategy, "PodTemplate": podtemplate.Strategy,
	"ReplicationController": replicationcontroller.Strategy,
	"ResourceQuota":         resourcequota.Strategy, "Secret": secret.Strategy,
	"Service": serviceStrategy, "ServiceAccount": serviceaccount.Strategy,
	"Ingress": ingressStrategy, "NetworkPolicy": networkpolicy.Strategy,
	"PodDisruptionBudget": poddisruptionbudget.Strategy,
	"ClusterRole":         clusterrole.Strategy, "ClusterRoleBinding": clusterrolebinding.Strategy,
	"Role": role.Strategy, "RoleBinding": rolebinding.Strategy,
	"PriorityClass": priorityclass.Strategy,
}

type refusal struct {
	Field   string `json:"field"`
	Message string `json:"message"`
}

func judge(text []byte) (refusals []refusal) {
	refusals = []refusal{}
	defer func() {
		if r := recover(); r != nil {
			refusals = []refusal{{"", fmt.Sprintf("panic: %v", r)}}
		}
	}()
	object, kind, err := legacyscheme.Codecs.UniversalDeserializer().Decode(text, nil, nil)
	if err != nil {
		return []refusal{{"", "decode: " + err.Error()}}
	}
	legacyscheme.Scheme.Default(object)
	internal, err := legacyscheme.Scheme.UnsafeConvertToVersion(object, runtime.InternalGroupVersioner)
	if err != nil {
		return []refusal{{"", "convert: " + err.Error()}}
	}
	strategy := strategies[kind.Kind]
	if strategy == nil {
		return []refusal{{"", "unknown kind " + kind.Kind}}
	}
	about, err := meta.Accessor(internal)
	if err != nil {
		return []refusal{{"", err.Error()}}
	}
	ctx := request.NewContext()
	info := &request.RequestInfo{IsResourceRequest: true, Verb: "create", APIGroup: kind.Group, APIVersion: kind.Version}
	ctx = request.WithRequestInfo(ctx, info)
	ctx = request.WithNamespace(ctx, "")
	if strategy.NamespaceScoped() {
		if about.GetNamespace() == "" {
			about.SetNamespace("default")
		}
		ctx = request.WithNamespace(ctx, about.GetNamespace())
	}
	if about.GetUID() == "" {
		about.SetUID("0")
	}
	if service, ok := internal.(*core.Service); ok {
		allocate(service)
	}
	err = rest.BeforeCreate(strategy, ctx, internal)
	if service, ok := internal.(*core.Service); ok && err == nil {
		err = afterCreate(service)
	}
	if err == nil {
		return
	}
	status, ok := err.(apierrors.APIStatus)
	if !ok || status.Status().Details == nil || len(status.Status().Details.Causes) == 0 {
		return []refusal{{"", err.Error()}}
	}
	for _, cause := range status.Status().Details.Causes {
		refusals = append(refusals, refusal{cause.Field, cause.Message})
	}
	return
}

func main() {
	capabilities.Initialize(capabilities.Capabilities{AllowPrivileged: true})
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<26)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for in.Scan() {
		text, _ := json.Marshal(judge(in.Bytes()))
		out.Write(text)
		out.WriteByte('\n')
	}
}
