package workqueue.tutorial;

import java.util.List;

/** Where the page contradicts itself, or what its own commands show. */
public enum Contradiction {
  REPEATS_UNTIL_EMPTY(
      Where.CLASSIC,
      "The overview has each pod take items until the queue is empty.",
      "The commands take one item per pod (-c 1), and the text on completions says so.",
      "One item per pod."),
  MESSAGES_ARE_INTEGERS(
      Where.BOTH,
      "The overview calls a message an integer, the start of a long computation.",
      "The queue is filled with the names of eight kinds of fruit, to be printed.",
      "The fruit."),
  SUCCEEDED_MEANS_PROCESSED(
      Where.BOTH,
      "Eight pods that succeeded are taken for eight items processed.",
      "amqp-consume also exits 0 when its worker fails: the pod succeeds and the item stays.",
      "The pods' logs and the queue are looked at as well."),
  MORE_PODS_THAN_PARALLELISM(
      Where.BOTH,
      "The Job shown has parallelism 2, and its worker takes ten seconds.",
      "Five of the pods in the events shown were created within one second, all eight in thirteen.",
      "Never more than two pods at once, and about forty seconds."),
  DURABLE_WITHOUT_VOLUME(
      Where.CLASSIC,
      "The queue is declared durable and its messages are published as persistent.",
      "The broker's ReplicationController has no volume: a restart loses both.",
      "The manifest is kept as it is; the loss is documented as an outcome."),
  TOOLS_OF_THE_IMAGE(
      Where.BOTH,
      "The image is said to hold the packages that were installed in the temporary pod.",
      "It holds no dnsutils, and needs none.",
      "The image without dnsutils."),
  POD_OR_DEPLOYMENT(
      Where.BOTH,
      "kubectl run is said to create a pod, and is told to name it temp.",
      "The output shows temp-loe07, a pod of a Deployment, as kubectl made it before 1.18.",
      "A bare pod temp."),
  IMAGE_OF_A_PROJECT(
      Where.BOTH,
      "The image is pushed to Docker Hub as <username>/job-wq-1.",
      "The manifest names gcr.io/<project>/job-wq-1.",
      "The manifest with the name that was pushed, as the text asks."),
  TWO_PLACES_OF_THE_SOURCES(
      Where.CLASSIC,
      "The worker's sources are said to be in examples/job/work-queue-1 of the source tree.",
      "The files it links to are in application/job/rabbitmq.",
      "The files in fixtures/worker."),
  FALLBACK_IS_NO_FALLBACK(
      Where.CURRENT,
      "The address from the environment is meant for when the name does not resolve.",
      "The block sets BROKER_URL to the name and at once to the address: pasted, it never uses the"
          + " name.",
      "The name, and then the address in a step of its own."),
  QUEUE_FROM_OUTSIDE(
      Where.CURRENT,
      "The Job's queue is to be declared on one's own computer, not in the pod.",
      "BROKER_URL was set in the pod, and rabbitmq-service resolves in the cluster only.",
      "Declared and filled in the temporary pod, as the classic edition does.");

  private final Where where;
  private final String says;
  private final String butAlso;
  private final String done;

  Contradiction(Where where, String says, String butAlso, String done) {
    this.where = where;
    this.says = says;
    this.butAlso = butAlso;
    this.done = done;
  }

  /** The editions that have it, in their order. */
  public List<Edition> editions() {
    return List.of(Edition.values()).stream().filter(where::includes).toList();
  }

  /** What the page says. */
  public String says() {
    return says;
  }

  /** What it also says, or what its own commands show. */
  public String butAlso() {
    return butAlso;
  }

  /** What the harness takes for documented. */
  public String done() {
    return done;
  }

  private enum Where {
    BOTH,
    CLASSIC,
    CURRENT;

    private boolean includes(Edition edition) {
      return this == BOTH || name().equals(edition.name());
    }
  }
}
