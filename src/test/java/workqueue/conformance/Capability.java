package workqueue.conformance;

/**
 * Something that not every Kubernetes can do; whether one can is told by its answer to a dry run.
 */
enum Capability {
  /** Nothing but what all of them can. */
  ANY,
  SUSPENDED_JOBS,
  MANAGED_JOBS,
  RESTARTED_INIT_CONTAINERS,
  POD_SECURITY,
  WEBHOOKS_WITH_SIDE_EFFECTS;

  /** Where it is there, for documentation. */
  String where() {
    return switch (this) {
      case ANY -> "everywhere";
      case SUSPENDED_JOBS -> "where a Job can be suspended";
      case MANAGED_JOBS -> "where a Job can be left to another controller";
      case RESTARTED_INIT_CONTAINERS -> "where an init container can be restarted always";
      case POD_SECURITY -> "where a namespace can enforce a profile";
      case WEBHOOKS_WITH_SIDE_EFFECTS -> "where a webhook may have side effects (up to 1.21)";
    };
  }

  boolean isIn(Site site) {
    return switch (this) {
      case ANY -> true;
      case SUSPENDED_JOBS -> site.keeps(JOB.formatted("suspend: true", ""), "/spec/suspend");
      case MANAGED_JOBS ->
          site.keeps(JOB.formatted("managedBy: example.com/queue", ""), "/spec/managedBy");
      case RESTARTED_INIT_CONTAINERS ->
          site.keeps(
              JOB.formatted(
                  "parallelism: 1", "initContainers: [{name: i, image: i, restartPolicy: Always}]"),
              "/spec/template/spec/initContainers/0/restartPolicy");
      case POD_SECURITY -> {
        site.label("pod-security.kubernetes.io/enforce", "restricted");
        boolean enforces = site.isRefused("pods");
        site.label("pod-security.kubernetes.io/enforce", null);
        yield enforces;
      }
      case WEBHOOKS_WITH_SIDE_EFFECTS -> site.serves("admissionregistration.k8s.io/v1beta1");
    };
  }

  private static final String JOB =
      """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: probe, namespace: $NAMESPACE}
      spec:
        %s
        template:
          spec:
            restartPolicy: Never
            %s
            containers: [{name: c, image: c}]
      """;
}
