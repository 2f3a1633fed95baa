package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.SERVICE_WITHOUT_ENDPOINTS;

import java.util.ArrayList;
import java.util.List;
import workqueue.history.ClusterEvent.EndpointsState;

/** No pod is behind the broker's Service. */
final class ServiceWithoutEndpoints extends Cause {

  ServiceWithoutEndpoints() {
    super(
        SERVICE_WITHOUT_ENDPOINTS,
        Scope.BROKER,
        """
        The Service of the broker exists and leads nowhere: its selector matches no pod, or no pod that it matches is Ready.
        """,
        Remedy.by(
            Who.BROKER, "give the Service the labels of the pod, or see why the pod is not Ready"));
  }

  @Override
  public List<FindingCode> followsFrom() {
    return List.of(FindingCode.OUT_OF_MEMORY);
  }

  @Override
  List<Suspicion> in(Examination seen) {
    if (!Troubled.isLookedAt(seen)) {
      return List.of();
    }
    List<Suspicion> found = new ArrayList<>();
    for (String host : Troubled.hosts(seen.picture())) {
      String service = host.contains(".") ? host.substring(0, host.indexOf('.')) : host;
      seen.picture()
          .history
          .last(EndpointsState.class, each -> each.service().equals(service))
          .filter(each -> each.event().exists() && each.event().ready().isEmpty())
          .ifPresent(
              each ->
                  found.add(
                      Suspicion.of(
                              SERVICE_WITHOUT_ENDPOINTS,
                              "Service "
                                  + each.event().namespace()
                                  + "/"
                                  + service
                                  + " has no endpoints")
                          .proof(each.seq())
                          .remedy(
                              "kubectl get service,pods -n "
                                  + each.event().namespace()
                                  + " --show-labels -o wide")));
    }
    return found;
  }
}
